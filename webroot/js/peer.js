import {withStereo} from './sdp.js';
import {Source} from './source.js';

/** @typedef {import('./protocol.js').Candidate} Candidate */

/**
 * One WebRTC connection to a room. The server offers; this answers.
 *
 * Picture and sound come in streams of their own, so that the browser holds neither back for the other.
 * @extends {Source<{
 *   answer: string,
 *   candidate: {line: number, candidate: string},
 *   video: MediaStreamTrack,
 *   audio: MediaStreamTrack,
 *   input: RTCDataChannel,
 *   state: RTCPeerConnectionState,
 * }>}
 */
export class Peer extends Source {
  /**
   * @param {string} id  as in the offer
   * @param {import('./protocol.js').IceServer[]} iceServers
   * @param {(configuration: RTCConfiguration) => RTCPeerConnection} [createConnection]
   */
  constructor(id, iceServers, createConnection = configuration => new RTCPeerConnection(configuration)) {
    super();
    this.id = id;
    this.shown = false; // its picture was on the screen
    this.connection = createConnection({iceServers, bundlePolicy: 'max-bundle'});
    /** @type {RTCIceCandidateInit[] | null} those that came before the offer was taken in */
    this.early_ = [];
    this.connection.ontrack = event => this.track_(event);
    this.connection.onicecandidate = ({candidate}) => {
      if (candidate?.candidate) {
        this.emit('candidate', {line: candidate.sdpMLineIndex ?? 0, candidate: candidate.candidate});
      }
    };
    /** @type {RTCDataChannel | null} */
    this.input_ = null;
    this.connection.ondatachannel = ({channel}) => this.channel_(channel);
    this.connection.onconnectionstatechange = () => this.emit('state', this.connection.connectionState);
  }

  /**
   * @param {string} offer
   * @throws when the browser refuses the offer
   */
  async accept(offer) {
    await this.connection.setRemoteDescription({type: 'offer', sdp: offer});
    const answer = await this.connection.createAnswer();
    const sdp = withStereo(answer.sdp ?? '');
    await this.connection.setLocalDescription({type: 'answer', sdp});
    this.emit('answer', sdp);
    const early = this.early_ ?? [];
    this.early_ = null;
    for (const candidate of early) this.try_(candidate);
  }

  /** @param {Candidate} message */
  add({line, candidate}) {
    if (!candidate) return;
    const init = {sdpMLineIndex: line, candidate};
    if (this.early_) this.early_.push(init);
    else this.try_(init);
  }

  close() {
    this.connection.ontrack = this.connection.onicecandidate = this.connection.ondatachannel =
      this.connection.onconnectionstatechange = null;
    if (this.input_) this.input_.onclose = null;
    this.connection.close();
  }

  /** @param {RTCIceCandidateInit} candidate */
  try_(candidate) {
    // One bad candidate of several is no failure: the connection's state tells when none is left.
    this.connection.addIceCandidate(candidate).catch(error => console.warn('Candidate refused:', error));
  }

  /** @param {RTCDataChannel} channel */
  channel_(channel) {
    if (channel.label !== 'input') return;
    this.input_ = channel;
    // The room closed its end. ICE would take half a minute to notice.
    channel.onclose = () => this.emit('state', 'failed');
    this.emit('input', channel);
  }

  /** @param {RTCTrackEvent} event */
  track_({track, receiver}) {
    if (track.kind === 'video') {
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
      this.emit('video', track);
    } else {
      this.emit('audio', track);
    }
  }
}
