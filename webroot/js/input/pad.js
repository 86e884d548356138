import {Source} from '../source.js';
import {noAxes} from './buttons.js';

/**
 * One local pad: what all its sources (keyboard, gamepad, touch) hold together, and the history that goes into
 * packets. `change` comes synchronously with the change itself.
 * @extends {Source<{change: Pad}>}
 */
export class Pad extends Source {
  /** @param {number} index */
  constructor(index) {
    super();
    this.index = index;
    this.buttons = 0;
    this.axes = [...noAxes];
    this.sequence = 0;
    this.changedAt = 0; // ms, as performance.now(): when what changed it happened
    /** @type {number[]} */
    this.earlier = [0, 0, 0, 0];
    /** @type {Map<string, {buttons: number, axes: readonly number[]}>} */
    this.sources_ = new Map();
  }

  /**
   * @param {string} source  "keyboard", "gamepad", "touch"
   * @param {number} buttons
   * @param {readonly number[]} [axes]
   * @param {number} [at]  when it happened, as an event's time stamp
   */
  set(source, buttons, axes = noAxes, at = performance.now()) {
    this.sources_.set(source, {buttons, axes});
    this.merge_(at);
  }

  /** Everything let go. */
  release() {
    this.sources_.clear();
    this.merge_(performance.now());
  }

  /** @returns {import('../input_packet.js').PadState} */
  get state() {
    return {pad: this.index, buttons: this.buttons, sequence: this.sequence, earlier: this.earlier, axes: this.axes};
  }

  /** @param {number} at */
  merge_(at) {
    let buttons = 0;
    const axes = [...noAxes];
    for (const source of this.sources_.values()) {
      buttons |= source.buttons;
      source.axes.forEach((value, i) => {
        if (Math.abs(value) > Math.abs(axes[i])) axes[i] = value;
      });
    }
    if (buttons === this.buttons && axes.every((value, i) => value === this.axes[i])) return;
    this.earlier = [this.buttons, ...this.earlier.slice(0, 3)];
    this.sequence = (this.sequence + 1) >>> 0;
    this.buttons = buttons;
    this.axes = axes;
    this.changedAt = at;
    this.emit('change', this);
  }
}
