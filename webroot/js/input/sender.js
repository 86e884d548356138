import {encodePacket} from '../input_packet.js';
import {Source} from '../source.js';

const repeats = 3;
const repeatInterval = 8;
const heartbeatInterval = 1000;

/**
 * Sends the pads' states to the room. The channel is unreliable and unordered, so each change is sent at once and
 * repeated, and the full state follows every second. `sent`: a change left for the first time.
 * @extends {Source<{sent: import('../latency/meter.js').Sent}>}
 */
export class InputSender extends Source {
  /**
   * @param {import('./pad.js').Pad[]} pads
   * @param {Pick<typeof globalThis, 'setInterval' | 'clearInterval'>} [clock]
   */
  constructor(pads, clock = globalThis) {
    super();
    this.pads_ = pads;
    this.clock_ = clock;
    /** @type {RTCDataChannel | null} */
    this.channel_ = null;
    /** @type {number[]} repeats left, per pad */
    this.left_ = pads.map(() => 0);
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.repeating_ = undefined;
    for (const pad of pads) pad.on('change', () => this.changed_(pad));
    clock.setInterval(() => this.beat_(), heartbeatInterval);
  }

  /** @param {RTCDataChannel | null} channel */
  use(channel) {
    this.channel_ = channel;
    if (!channel) return;
    channel.binaryType = 'arraybuffer';
    channel.onopen = () => this.beat_();
    this.beat_();
  }

  /** @param {import('./pad.js').Pad} pad */
  changed_(pad) {
    if (this.send_(pad)) {
      this.emit('sent', {pad: pad.index, sequence: pad.sequence, at: pad.changedAt, sentAt: performance.now()});
    }
    this.left_[pad.index] = repeats;
    this.repeating_ ??= this.clock_.setInterval(() => this.repeat_(), repeatInterval);
  }

  repeat_() {
    for (const pad of this.pads_) {
      if (this.left_[pad.index] > 0) {
        this.left_[pad.index]--;
        this.send_(pad);
      }
    }
    if (this.left_.some(left => left > 0)) return;
    this.clock_.clearInterval(this.repeating_);
    this.repeating_ = undefined;
  }

  beat_() {
    for (const pad of this.pads_) if (pad.index === 0 || pad.sequence > 0) this.send_(pad);
  }

  /** @param {import('./pad.js').Pad} pad */
  send_(pad) {
    if (this.channel_?.readyState !== 'open') return false;
    this.channel_.send(encodePacket(pad.state));
    return true;
  }
}
