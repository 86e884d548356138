// Stand-ins for what only a browser has.

/** A WebSocket of which the test is the server. */
export class FakeSocket {
  constructor(url) {
    this.url = url;
    /** @type {any[]} */
    this.sent = [];
    this.closed = false;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
    this.onclose?.();
  }

  /** The server speaks. */
  says(message) {
    this.onmessage({data: typeof message === 'string' ? message : JSON.stringify(message)});
  }
}

/** An RTCPeerConnection that accepts everything and connects to nothing. */
export class FakeConnection {
  constructor(configuration) {
    this.configuration = configuration;
    this.connectionState = 'new';
    /** @type {any[]} */
    this.candidates = [];
    this.closed = false;
    /** Set to a reason to refuse the offer. */
    this.refusal = null;
  }

  async setRemoteDescription(description) {
    if (this.refusal) throw this.refusal;
    this.remote = description;
  }

  async createAnswer() {
    return {type: 'answer', sdp: 'a=rtpmap:97 opus/48000/2\r\n'};
  }

  async setLocalDescription(description) {
    this.local = description;
  }

  async addIceCandidate(candidate) {
    this.candidates.push(candidate);
  }

  close() {
    this.closed = true;
  }

  async getStats() {
    return new Map();
  }

  becomes(state) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

/** Lets promises that are ready run. */
export const settled = () => new Promise(resolve => setImmediate(resolve));
