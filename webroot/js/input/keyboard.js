import {mask, noAxes} from './buttons.js';

/** @typedef {import('./buttons.js').Button} Button */

/** @type {Readonly<Record<string, Button>>} KeyboardEvent.code ▶ button, RetroArch's defaults */
export const defaultKeys = Object.freeze({
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right',
  KeyX: 'a', KeyZ: 'b', KeyS: 'x', KeyA: 'y', KeyQ: 'l', KeyW: 'r',
  Enter: 'start', ShiftRight: 'select',
});

/**
 * Whether a key belongs to the page rather than to the game: it types, or works the control that has the focus.
 * @param {KeyboardEvent} event
 */
export function isForPage({target, code}) {
  const within = (/** @type {string} */ selector) => /** @type {Partial<Element> | null} */ (target)?.closest?.(selector);
  return Boolean(within('input, select, textarea, dialog') || (code === 'Enter' && within('button, a, summary')));
}

/** The keyboard as a source of a pad. Reacts inside the key event, so that nothing waits for a frame. */
export class Keyboard {
  /**
   * @param {import('./pad.js').Pad} pad
   * @param {Readonly<Record<string, Button>>} [keys]
   */
  constructor(pad, keys = defaultKeys) {
    this.pad_ = pad;
    this.keys_ = keys;
    /** @type {Set<string>} codes held */
    this.held_ = new Set();
    this.enabled_ = false;
  }

  /** @param {Window} window */
  listen(window) {
    window.addEventListener('keydown', event => this.down(event));
    window.addEventListener('keyup', event => this.up(event));
    window.addEventListener('blur', () => this.release());
    window.document.addEventListener('visibilitychange', () => this.release());
  }

  /** @param {boolean} on */
  set enabled(on) {
    this.enabled_ = on;
    if (!on) this.release();
  }

  /** @param {KeyboardEvent} event */
  down(event) {
    if (!this.enabled_ || !(event.code in this.keys_) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isForPage(event)) return;
    event.preventDefault();
    if (event.repeat) return;
    this.held_.add(event.code);
    this.update_(event.timeStamp);
  }

  /** @param {KeyboardEvent} event */
  up(event) {
    if (this.held_.delete(event.code)) this.update_(event.timeStamp);
  }

  release() {
    if (this.held_.size === 0) return;
    this.held_.clear();
    this.update_();
  }

  /** @param {number} [at]  when it happened */
  update_(at) {
    this.pad_.set('keyboard', mask([...this.held_].map(code => this.keys_[code])), noAxes, at);
  }
}
