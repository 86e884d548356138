/** @typedef {import('./protocol.js').Landmark} Landmark */
/** @typedef {import('./protocol.js').RoundTrip} RoundTrip */

/** ms after which measuring ends: a person waits for it. With closing everything it stays below 300. */
const limit = 280;
/** The first check may come while the browser is still busy with setting up: the best of those that follow counts. */
const looks = 3;
/** ms between two looks: browsers show the same report again for 50. */
const rest = 55;

/**
 * Measures how far the workers are, each by a peer connection of its own that gets no further than asking whether
 * somebody is there: the one way from a page to a UDP port that browsers allow.
 */
export class Probe {
  /** @param {(configuration: RTCConfiguration) => RTCPeerConnection} [createConnection] */
  constructor(createConnection = configuration => new RTCPeerConnection(configuration)) {
    this.createConnection_ = createConnection;
  }

  /**
   * @param {Landmark[]} landmarks
   * @returns {Promise<RoundTrip[]>} of those that answered in time; none where there is no choice
   */
  async measure(landmarks) {
    if (landmarks.length < 2) return [];
    /** @type {Map<string, number>} */
    const best = new Map();
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), limit);
    await Promise.all(landmarks.map(landmark => this.sound_(landmark, end.signal, ms =>
      best.set(landmark.worker, Math.min(ms, best.get(landmark.worker) ?? Infinity)))));
    clearTimeout(timer);
    return [...best].map(([worker, ms]) => ({worker, ms: Math.round(ms)}));
  }

  /**
   * Never fails: a browser may forbid peer connections.
   * @param {Landmark} landmark
   * @param {AbortSignal} end
   * @param {(ms: number) => void} found  called for what each look found
   */
  async sound_(landmark, end, found) {
    /** @type {RTCPeerConnection | undefined} */
    let connection;
    try {
      connection = this.createConnection_({bundlePolicy: 'max-bundle'});
      await Promise.race([this.look_(connection, landmark, found), aborted(end)]);
    } catch (error) {
      console.warn('A worker cannot be measured:', error);
    } finally {
      connection?.close();
    }
  }

  /**
   * @param {RTCPeerConnection} connection
   * @param {Landmark} landmark
   * @param {(ms: number) => void} found
   */
  async look_(connection, landmark, found) {
    connection.createDataChannel('probe');
    const connected = new Promise(resolve => {
      connection.oniceconnectionstatechange = () => {
        if (['connected', 'completed'].includes(connection.iceConnectionState)) resolve(performance.now());
      };
    });
    await connection.setLocalDescription(await connection.createOffer());
    await connection.setRemoteDescription({type: 'answer', sdp: answerOf(landmark)});
    const asked = performance.now();
    const waited = await connected - asked;
    for (let look = 0; look < looks; look++) {
      if (look) await new Promise(resolve => setTimeout(resolve, rest));
      found(roundTripIn(await connection.getStats()) ?? waited);
    }
  }
}

/** @param {AbortSignal} signal */
const aborted = signal => new Promise(resolve => signal.addEventListener('abort', resolve, {once: true}));

/**
 * @param {RTCStatsReport} report
 * @returns {number | null} ms, the shortest that it tells; null: this browser does not tell
 */
function roundTripIn(report) {
  const trips = [...report.values()]
    .filter(entry => entry.type === 'candidate-pair' && entry.responsesReceived > 0)
    .flatMap(({currentRoundTripTime: last, totalRoundTripTime: all, responsesReceived: count}) =>
      [last, count > 1 ? (all - last) / (count - 1) : last]) // the last one, and the mean of those before it
    .filter(seconds => Number.isFinite(seconds));
  return trips.length ? 1000 * Math.min(...trips) : null;
}

/**
 * What the landmark would answer to our offer, if it could read one. It is "active" and never begins.
 * @param {Landmark} landmark
 */
const answerOf = ({user, password, fingerprint, candidates}) => [
  'v=0',
  'o=- 1 1 IN IP4 0.0.0.0',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=ice-lite',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  'a=sctp-port:5000',
  `a=ice-ufrag:${user}`,
  `a=ice-pwd:${password}`,
  `a=fingerprint:${fingerprint}`,
  'a=setup:active',
  ...candidates.map(candidate => `a=${candidate}`),
  'a=end-of-candidates',
  '',
].join('\r\n');
