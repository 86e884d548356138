import {Source} from '../source.js';
import {Gamepads} from './gamepad.js';
import {Keyboard} from './keyboard.js';
import {Pad} from './pad.js';
import {InputSender} from './sender.js';

const padCount = 8;

/**
 * All that a person at this browser plays with.
 * `used`: a button went down on this pad, on whichever device. `sent`: a change left for the room.
 * @extends {Source<{used: number, sent: import('../latency/meter.js').Sent}>}
 */
export class Controls extends Source {
  /**
   * @param {Window} window
   * @param {import('./touch.js').TouchControls} touch
   */
  constructor(window, touch) {
    super();
    this.pads_ = Array.from({length: padCount}, (_, i) => new Pad(i));
    this.sender_ = new InputSender(this.pads_);
    this.sender_.on('sent', sent => this.emit('sent', sent));
    this.keyboard_ = new Keyboard(this.pads_[0]);
    this.gamepads_ = new Gamepads(this.pads_);
    this.touch_ = touch;
    this.keyboard_.listen(window);
    if (typeof window.navigator.getGamepads === 'function') this.gamepads_.listen(window);
    touch.on('change', buttons => this.pads_[0].set('touch', buttons));
    // A page out of sight gets no news of its gamepads.
    window.document.addEventListener('visibilitychange', () => this.release_());
    for (const pad of this.pads_) {
      pad.on('change', () => {
        if (pad.buttons & ~pad.earlier[0]) this.emit('used', pad.index);
      });
    }
  }

  /** Only while a game is played do keys and pads belong to it. */
  set enabled(/** @type {boolean} */ on) {
    this.keyboard_.enabled = on;
    this.gamepads_.enabled = on;
    if (!on) this.release_();
  }

  /** @param {import('../systems.js').System} system */
  set system(system) {
    this.gamepads_.stickSteers = !system.analog;
    this.touch_.system = system;
  }

  /** @param {RTCDataChannel} channel */
  use(channel) {
    this.sender_.use(channel);
  }

  release_() {
    for (const pad of this.pads_) pad.release();
  }

  get gamepadAdvice() {
    return typeof navigator.getGamepads === 'function' && window.isSecureContext
      ? 'A gamepad works at once: plug it in and press a button.'
      : 'This browser may hide gamepads from pages without https. Open the page by https, or on the server itself.';
  }
}
