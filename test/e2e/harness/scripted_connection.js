import {PeerConnection, RtcpReceivingSession} from 'node-datachannel';

const videoType = 96; // of our offers; what else comes with the picture repeats it

/**
 * As much of an RTCPeerConnection as webroot/js/peer.js uses, over libdatachannel: a foreign WebRTC stack that a test
 * can have by the dozen. Pictures are counted, not decoded.
 */
export class ScriptedConnection {
  constructor() {
    this.connectionState = 'new';
    this.pictures = new Pictures();
    this.ontrack = this.onicecandidate = this.ondatachannel = this.onconnectionstatechange = null;
    this.channel_ = null;
    /** @type {string[]} of the offer, by the index of their lines */
    this.mids_ = [];
    /** @type {{candidate: string, mid: string}[] | null} found before the answer was used */
    this.early_ = [];
    // A reference to each is all that keeps it alive.
    this.tracks_ = [];
    this.native_ = new PeerConnection('scripted', {iceServers: [], disableAutoNegotiation: true});
    this.native_.onStateChange(state => this.becomes_(state));
    this.native_.onLocalCandidate((candidate, mid) => this.found_({candidate, mid}));
    this.native_.onTrack(track => this.track_(track));
    this.native_.onDataChannel(channel => {
      this.channel_ = new ScriptedChannel(channel);
      this.ondatachannel?.({channel: this.channel_});
    });
  }

  /** @param {{sdp: string}} offer */
  async setRemoteDescription({sdp}) {
    this.mids_ = [...sdp.matchAll(/^a=mid:(\S+)/gm)].map(match => match[1]);
    this.native_.setRemoteDescription(sdp, 'offer');
  }

  async createAnswer() {
    return new Promise(resolve => {
      this.native_.onLocalDescription(sdp => resolve({type: 'answer', sdp}));
      this.native_.setLocalDescription('answer');
    });
  }

  async setLocalDescription() {
    const early = this.early_ ?? [];
    this.early_ = null;
    for (const candidate of early) this.found_(candidate);
  }

  /** @param {{sdpMLineIndex: number, candidate: string}} candidate */
  async addIceCandidate({sdpMLineIndex, candidate}) {
    this.native_.addRemoteCandidate(candidate, this.mids_[sdpMLineIndex]);
  }

  async getStats() {
    const {bytes, count, packets} = this.pictures;
    return new Map([['picture', {
      type: 'inbound-rtp', kind: 'video', timestamp: performance.now(), bytesReceived: bytes, framesDecoded: count,
      packetsReceived: packets,
    }]]);
  }

  close() {
    this.native_.close();
  }

  found_({candidate, mid}) {
    if (this.early_) this.early_.push({candidate, mid});
    else this.onicecandidate?.({candidate: {candidate, sdpMLineIndex: this.mids_.indexOf(mid)}});
  }

  becomes_(state) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  // Sound is received, but not brought into JavaScript: that would cost more than all the rest.
  track_(track) {
    this.tracks_.push(track);
    track.setMediaHandler(new RtcpReceivingSession());
    const kind = track.type();
    if (kind === 'video') track.onMessage(packet => this.pictures.take(packet));
    this.ontrack?.({track: {kind, pictures: this.pictures}, receiver: {}});
  }
}

/** What arrives of a picture track. */
export class Pictures {
  constructor() {
    this.packets = 0;
    this.bytes = 0;
    this.count = 0;
    /** @type {number[] | null} when each was complete, in ms; null: nobody wants to know */
    this.times = null;
    /** @type {() => void} */
    this.onfirst = () => {};
  }

  /** One RTP packet. @param {Uint8Array} packet */
  take(packet) {
    const typeAndMarker = packet[1];
    if ((typeAndMarker & 0x7f) !== videoType) return;
    this.packets++;
    this.bytes += packet.length;
    if (!(typeAndMarker & 0x80)) return; // the last packet of a picture is marked
    this.times?.push(performance.now());
    if (this.count++ === 0) this.onfirst();
  }
}

/** As much of an RTCDataChannel as the web client uses. */
class ScriptedChannel {
  /** @param {import('node-datachannel').DataChannel} native */
  constructor(native) {
    this.native_ = native;
    this.label = native.getLabel();
    this.onopen = this.onclose = null;
    native.onOpen(() => this.onopen?.());
    native.onClosed(() => this.onclose?.());
  }

  get readyState() {
    return this.native_.isOpen() ? 'open' : 'connecting';
  }

  /** @param {ArrayBuffer} bytes */
  send(bytes) {
    try {
      this.native_.sendMessageBinary(new Uint8Array(bytes));
    } catch {
      // The other end is gone, and this one not told yet. A browser's channel says nothing either.
    }
  }
}
