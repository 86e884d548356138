import {decodeFeedback} from './feedback_packet.js';

/**
 * Feeds a meter: with what was sent, what the room says, and the pictures of a video element while they matter.
 */
export class LatencyWatch {
  /**
   * @param {import('./meter.js').LatencyMeter} meter
   * @param {HTMLVideoElement} video
   * @param {{now: () => number}} [clock]
   */
  constructor(meter, video, clock = performance) {
    this.meter_ = meter;
    this.video_ = video;
    this.clock_ = clock;
    this.looking_ = false;
    this.canLook_ = typeof video.requestVideoFrameCallback === 'function';
  }

  /** @param {RTCDataChannel} channel  of a new connection */
  use(channel) {
    this.meter_.reset();
    if (!this.canLook_) this.meter_.complete = false;
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({data}) => {
      const feedback = decodeFeedback(data);
      if (feedback) this.meter_.heard(feedback, this.clock_.now());
    };
  }

  /** @param {import('./meter.js').Sent} sent */
  sent(sent) {
    this.meter_.sent(sent);
    if (this.looking_ || !this.canLook_) return;
    this.looking_ = true;
    this.look_();
  }

  look_() {
    this.video_.requestVideoFrameCallback((_, frame) => {
      this.meter_.presented(/** @type {import('./meter.js').Shown} */ (frame));
      this.looking_ = this.meter_.awaits(this.clock_.now());
      if (this.looking_) this.look_();
    });
  }
}
