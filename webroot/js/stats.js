// What getStats says, boiled down to what a person or a test wants to know.

/**
 * @typedef {object} Stats
 * @property {number} time             ms
 * @property {string} codec            "H264", "VP8"
 * @property {string} decoder
 * @property {number} width
 * @property {number} height
 * @property {number} fps              frames shown per second since the reading before
 * @property {number} bitrate          bit/s of picture and sound since the reading before
 * @property {number} rtt              ms
 * @property {number} videoBuffer      ms that a frame waited, mean since the reading before
 * @property {number} audioBuffer      the same for sound
 * @property {number} framesDecoded    since the start, as all below
 * @property {number} framesDropped
 * @property {number} keyFrames
 * @property {number} freezes
 * @property {number} freezeTime       s
 * @property {number} packetsLost
 * @property {number} packetsReceived
 * @property {number} samples          of sound
 * @property {number} concealedSamples
 * @property {number} silentConcealedSamples
 * @property {number} concealmentEvents
 * @property {Totals} totals
 */

/** @typedef {{bytes: number, videoDelay: number, videoEmitted: number, audioDelay: number, audioEmitted: number}} Totals */

/**
 * @param {Iterable<any>} report  the values of an RTCStatsReport
 * @param {Stats | null} [before] an earlier reading: rates and means are since then, else since the start
 * @returns {Stats | null} null while there is no picture
 */
export function digest(report, before = null) {
  const entries = [...report];
  const inbound = (/** @type {string} */ kind) =>
    entries.find(entry => entry.type === 'inbound-rtp' && entry.kind === kind) ?? {};
  const video = inbound('video');
  const audio = inbound('audio');
  if (!video.timestamp) return null;
  const codec = entries.find(entry => entry.id === video.codecId);
  const pair = entries.find(entry => entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded');
  const totals = {
    bytes: (video.bytesReceived ?? 0) + (audio.bytesReceived ?? 0),
    videoDelay: video.jitterBufferDelay ?? 0,
    videoEmitted: video.jitterBufferEmittedCount ?? 0,
    audioDelay: audio.jitterBufferDelay ?? 0,
    audioEmitted: audio.jitterBufferEmittedCount ?? 0,
  };
  const past = before?.totals ?? {bytes: 0, videoDelay: 0, videoEmitted: 0, audioDelay: 0, audioEmitted: 0};
  const seconds = before ? (video.timestamp - before.time) / 1000 : 0;
  const framesDecoded = video.framesDecoded ?? 0;
  return {
    time: video.timestamp,
    codec: codec?.mimeType?.split('/')[1] ?? '',
    decoder: video.decoderImplementation ?? '',
    width: video.frameWidth ?? 0,
    height: video.frameHeight ?? 0,
    fps: before ? ratio(framesDecoded - before.framesDecoded, seconds) : video.framesPerSecond ?? 0,
    bitrate: ratio(8 * (totals.bytes - past.bytes), seconds),
    rtt: 1000 * (pair?.currentRoundTripTime ?? 0),
    videoBuffer: 1000 * ratio(totals.videoDelay - past.videoDelay, totals.videoEmitted - past.videoEmitted),
    audioBuffer: 1000 * ratio(totals.audioDelay - past.audioDelay, totals.audioEmitted - past.audioEmitted),
    framesDecoded,
    framesDropped: video.framesDropped ?? 0,
    keyFrames: video.keyFramesDecoded ?? 0,
    freezes: video.freezeCount ?? 0,
    freezeTime: video.totalFreezesDuration ?? 0,
    packetsLost: (video.packetsLost ?? 0) + (audio.packetsLost ?? 0),
    packetsReceived: (video.packetsReceived ?? 0) + (audio.packetsReceived ?? 0),
    samples: audio.totalSamplesReceived ?? 0,
    concealedSamples: audio.concealedSamples ?? 0,
    silentConcealedSamples: audio.silentConcealedSamples ?? 0,
    concealmentEvents: audio.concealmentEvents ?? 0,
    totals,
  };
}

/**
 * @param {number} amount
 * @param {number} per
 */
const ratio = (amount, per) => (per > 0 ? amount / per : 0);
