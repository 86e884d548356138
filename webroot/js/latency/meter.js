// From each own input to the picture that it changed, in parts that add up.
//
// The room says which picture shows an input, and how long it had it; the browser says when it got that picture and
// when it showed it. Only the way to the room is not seen by anybody: it counts as half of the shortest round trip on
// the data channel. No clock has to agree with another.

/** The parts, in the order of InputLatency in include/cloudretro/protocol.hpp. */
export const inputParts = /** @type {const} */ (
  ['network', 'waiting', 'emulation', 'encoding', 'delivery', 'decoding', 'display']);

/** @typedef {typeof inputParts[number]} Part */
/** @typedef {import('./feedback_packet.js').Feedback} Feedback */
/** @typedef {{total: number, parts: Record<Part, number>}} Sample  ms */
/** @typedef {{pad: number, sequence: number, at: number, sentAt: number}} Sent  ms: when it happened, and when it left */
/**
 * What requestVideoFrameCallback tells; all but the first are not known to every browser.
 * @typedef {{expectedDisplayTime: number, rtpTimestamp?: number, receiveTime?: number, processingDuration?: number}} Shown
 */
/** @typedef {Sent & {feedback: Feedback | null, roomTime: number}} Pending */

const patience = 1000; // ms
const maxPending = 64;
const maxShown = 32;
const maxRecent = 120;
const maxUntold = 64; // InputLatency::maxSamples
const maxRoundTrips = 16;

/** Whether RTP time `a` is not before `b`; both wrap. @param {number} a  @param {number} b */
const notBefore = (a, b) => ((a - b) | 0) >= 0;

export class LatencyMeter {
  constructor() {
    /** @type {Pending[]} inputs whose picture was not seen yet, oldest first */
    this.pending_ = [];
    /** @type {Shown[]} */
    this.shown_ = [];
    /** @type {number[]} */
    this.roundTrips_ = [];
    /** @type {Sample[]} those that `take` did not give yet */
    this.untold_ = [];
    /** @type {Sample[]} the last ones, oldest first */
    this.recent = [];
    /** @type {{emulation: number, encoding: number} | null} what the room does for a picture, also while nothing is pressed */
    this.room = null;
    /** @type {Partial<Record<Part, number>> | null} of the newest input, as far as the room tells */
    this.partial = null;
    /** How long a picture waits in the browser before it is decoded, ms. */
    this.buffer = 0;
    /** @type {boolean | null} whether this browser tells which picture it shows; null: not known yet */
    this.complete = null;
  }

  /** Another connection begins: nothing that waits will come. */
  reset() {
    this.pending_ = [];
    this.shown_ = [];
    this.roundTrips_ = [];
    this.recent = [];
    this.room = this.partial = null;
  }

  /** @param {Sent} sent */
  sent(sent) {
    this.pending_.push({...sent, feedback: null, roomTime: 0});
    if (this.pending_.length > maxPending) this.pending_.shift();
  }

  /** Whether pictures matter now. @param {number} now */
  awaits(now) {
    this.pending_ = this.pending_.filter(({at}) => now - at < patience);
    return this.pending_.length > 0;
  }

  /**
   * @param {Feedback} feedback
   * @param {number} now
   */
  heard(feedback, now) {
    const {waited, emulated, encoded} = feedback;
    if (emulated === null || encoded === null) return;
    this.room = {emulation: emulated, encoding: encoded};
    if (waited === null) return;
    const pending = this.pending_.find(({pad, sequence}) => pad === feedback.pad && sequence === feedback.sequence);
    if (!pending || pending.feedback) return;
    pending.feedback = feedback;
    pending.roomTime = waited + emulated + encoded;
    this.roundTrips_.push(Math.max(0, now - pending.sentAt - pending.roomTime));
    if (this.roundTrips_.length > maxRoundTrips) this.roundTrips_.shift();
    // Those before it were overtaken: no picture shows them alone.
    this.pending_ = this.pending_.filter(({pad, sequence, feedback: has}) =>
      pad !== feedback.pad || has || notBefore(sequence, feedback.sequence));
    this.partial = {
      network: this.network_(pending), waiting: waited, emulation: emulated, encoding: encoded,
    };
    this.match_();
    if (this.complete === false) this.pending_ = this.pending_.filter(each => each !== pending);
  }

  /** A picture is on the screen, or will be with its next refresh. @param {Shown} shown */
  presented(shown) {
    this.complete = shown.rtpTimestamp !== undefined && shown.receiveTime !== undefined;
    if (!this.complete) return;
    this.shown_.push(shown);
    if (this.shown_.length > maxShown) this.shown_.shift();
    this.match_();
  }

  /** What was measured since the last call, for the server. @returns {import('../protocol.js').InputLatency} */
  take() {
    const samples = this.untold_;
    this.untold_ = [];
    return {samples: samples.map(({total}) => tenths(total)), means: samples.length ? means(samples) : []};
  }

  match_() {
    this.pending_ = this.pending_.filter(pending => {
      const {feedback} = pending;
      // The first of the pictures that show it; the very one may have been skipped for a newer.
      const shown = feedback &&
        this.shown_.find(({rtpTimestamp}) => notBefore(rtpTimestamp ?? 0, feedback.rtpTimestamp));
      if (!shown) return true;
      const sample = this.sample_(pending, feedback, shown);
      if (sample) this.add_(sample);
      return false;
    });
  }

  /** @param {Pending} pending */
  network_({at, sentAt}) {
    return sentAt - at + Math.min(...this.roundTrips_) / 2;
  }

  /**
   * @param {Pending} pending
   * @param {Feedback} feedback
   * @param {Shown} shown
   * @returns {Sample | null} null: the times contradict each other
   */
  sample_(pending, feedback, {expectedDisplayTime, receiveTime = 0, processingDuration = 0}) {
    const total = expectedDisplayTime - pending.at;
    let network = this.network_(pending);
    let delivery = receiveTime - pending.at - network - pending.roomTime;
    let decoding = 1000 * processingDuration;
    let display = expectedDisplayTime - receiveTime - decoding;
    // Where the parts would overlap, what was measured the least exactly gives way.
    [network, delivery] = [network + Math.min(0, delivery), Math.max(0, delivery)];
    [decoding, display] = [decoding + Math.min(0, display), Math.max(0, display)];
    if (network < 0 || decoding < 0) return null;
    const buffered = Math.min(this.buffer, display);
    const {waited, emulated, encoded} = feedback;
    return {
      total,
      parts: {
        network, waiting: waited ?? 0, emulation: emulated ?? 0, encoding: encoded ?? 0,
        delivery: delivery + buffered, decoding, display: display - buffered,
      },
    };
  }

  /** @param {Sample} sample */
  add_(sample) {
    for (const [list, most] of /** @type {[Sample[], number][]} */ ([[this.recent, maxRecent], [this.untold_, maxUntold]])) {
      list.push(sample);
      if (list.length > most) list.shift();
    }
  }
}

/** Of each part, in their order. @param {readonly Sample[]} samples */
function means(samples) {
  return inputParts.map(part => tenths(samples.reduce((sum, {parts}) => sum + parts[part], 0) / samples.length));
}

/** @param {number} ms */
const tenths = ms => Math.round(10 * ms) / 10;

/**
 * What lies in the middle, and what one in twenty exceeds.
 * @param {readonly Sample[]} samples  at least one
 */
export function summary(samples) {
  const sorted = samples.map(({total}) => total).sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return {middle: at(0.5), slow: at(0.95), least: sorted[0], most: sorted[sorted.length - 1], means: means(samples)};
}
