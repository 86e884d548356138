import {Source} from '../source.js';
import {isForPage} from './keyboard.js';

/**
 * Something that goes on for as long as a key, or a button of the page, is held. `change`: it is, or no more.
 * @extends {Source<{change: boolean}>}
 */
export class Hold extends Source {
  /**
   * @param {Window} window
   * @param {string} code  KeyboardEvent.code
   * @param {HTMLElement} button
   */
  constructor(window, code, button) {
    super();
    this.code_ = code;
    this.button_ = button;
    this.enabled_ = false;
    this.held_ = false;
    window.addEventListener('keydown', event => this.down_(event));
    window.addEventListener('keyup', event => this.up_(event));
    window.addEventListener('blur', () => this.set_(false));
    window.document.addEventListener('visibilitychange', () => this.set_(false));
    button.addEventListener('pointerdown', event => {
      button.setPointerCapture(event.pointerId);
      this.set_(true);
    });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture', 'blur']) {
      button.addEventListener(end, () => this.set_(false));
    }
    button.addEventListener('contextmenu', event => event.preventDefault()); // of a long touch
  }

  /** @param {boolean} on  whether anything can begin */
  set enabled(on) {
    this.enabled_ = on;
    if (!on) this.set_(false);
  }

  /** @param {KeyboardEvent} event */
  down_(event) {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const isButton = event.target === this.button_ && (event.code === 'Space' || event.code === 'Enter');
    if (isButton || (event.code === this.code_ && !isForPage(event))) this.set_(true);
  }

  /** @param {KeyboardEvent} event */
  up_(event) {
    if (event.code === this.code_ || event.target === this.button_) this.set_(false);
  }

  /** @param {boolean} on */
  set_(on) {
    if (on === this.held_ || (on && !this.enabled_)) return;
    this.held_ = on;
    this.emit('change', on);
  }
}
