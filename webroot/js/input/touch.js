import {Source} from '../source.js';
import {bits, mask} from './buttons.js';

/** @typedef {import('./buttons.js').Button} Button */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {{x: number, y: number, radius: number}} Circle */

const dpadDeadZone = 0.18;
const reach = 1.35;

/** @type {readonly Button[][]} eight directions, clockwise from the right */
const directions =
  [['right'], ['right', 'down'], ['down'], ['down', 'left'], ['left'], ['left', 'up'], ['up'], ['up', 'right']];

/**
 * The directions that a thumb on the d-pad means.
 * @param {Point} point
 * @param {Circle} pad
 * @returns {readonly Button[]}
 */
export function dpadAt(point, pad) {
  const x = point.x - pad.x;
  const y = point.y - pad.y;
  if (Math.hypot(x, y) < pad.radius * dpadDeadZone) return [];
  const eighth = Math.round(Math.atan2(y, x) / (Math.PI / 4));
  return directions[(eighth + 8) % 8];
}

/**
 * The buttons under a thumb: a thumb between two presses both.
 * @param {Point} point
 * @param {ReadonlyMap<Button, Circle>} buttons
 * @returns {Button[]}
 */
export function buttonsAt(point, buttons) {
  return [...buttons]
    .filter(([, circle]) => Math.hypot(point.x - circle.x, point.y - circle.y) < circle.radius * reach)
    .map(([button]) => button);
}

/**
 * Buttons on the glass, as a source of a pad. A thumb that came down on the d-pad stays with it; one that came down
 * on a button slides between buttons.
 * @extends {Source<{change: number}>} the buttons held, as bits
 */
export class TouchControls extends Source {
  /**
   * @param {HTMLElement} root  empty; gets the buttons
   * @param {(pattern: number) => void} vibrate
   */
  constructor(root, vibrate) {
    super();
    this.root_ = root;
    this.vibrate_ = vibrate;
    /** @type {Map<number, readonly Button[]>} what each pointer holds */
    this.held_ = new Map();
    /** @type {Set<number>} the pointers that came down on the d-pad */
    this.steering_ = new Set();
    this.buttons = 0;
    root.addEventListener('pointerdown', event => this.down_(event));
    root.addEventListener('pointermove', event => this.move_(event));
    for (const type of ['pointerup', 'pointercancel']) {
      root.addEventListener(type, event => this.up_(/** @type {PointerEvent} */ (event)));
    }
    root.addEventListener('contextmenu', event => event.preventDefault());
    // iOS zooms on a double tap in spite of touch-action.
    root.addEventListener('touchstart', event => event.preventDefault(), {passive: false});
    document.addEventListener('visibilitychange', () => this.release());
  }

  /** @param {import('../systems.js').System} system */
  set system({buttons}) {
    this.release();
    const shoulders = buttons.filter(button => /^[lr]/.test(button));
    const faces = buttons.filter(button => !/^[lr]/.test(button));
    this.root_.replaceChildren(
      group('shoulders', shoulders), dpad(), group(faces.length > 2 ? 'faces four' : 'faces', faces),
      group('middle', ['select', 'start']));
  }

  set shown(/** @type {boolean} */ on) {
    this.root_.hidden = !on;
    if (!on) this.release();
  }

  release() {
    this.held_.clear();
    this.steering_.clear();
    this.update_();
  }

  /** @param {PointerEvent} event */
  down_(event) {
    event.preventDefault();
    const pad = this.dpad_();
    const distance = Math.hypot(event.clientX - pad.x, event.clientY - pad.y);
    if (distance < pad.radius * reach) this.steering_.add(event.pointerId);
    this.held_.set(event.pointerId, []);
    this.move_(event);
  }

  /** @param {PointerEvent} event */
  move_(event) {
    if (!this.held_.has(event.pointerId)) return;
    const point = {x: event.clientX, y: event.clientY};
    this.held_.set(event.pointerId,
      this.steering_.has(event.pointerId) ? dpadAt(point, this.dpad_()) : buttonsAt(point, this.circles_()));
    this.update_();
  }

  /** @param {PointerEvent} event */
  up_(event) {
    this.held_.delete(event.pointerId);
    this.steering_.delete(event.pointerId);
    this.update_();
  }

  update_() {
    const buttons = mask([...this.held_.values()].flat());
    if (buttons === this.buttons) return;
    if (buttons & ~this.buttons) this.vibrate_(8);
    this.buttons = buttons;
    for (const element of this.root_.querySelectorAll('[data-button]')) {
      const bit = bits[/** @type {Button} */ (/** @type {HTMLElement} */ (element).dataset.button)];
      element.classList.toggle('held', (buttons & bit) !== 0);
    }
    this.emit('change', buttons);
  }

  /** @returns {Circle} */
  dpad_() {
    const element = this.root_.querySelector('.dpad');
    return element ? circleOf(element) : {x: 0, y: 0, radius: 0};
  }

  /** @returns {Map<Button, Circle>} */
  circles_() {
    return new Map([...this.root_.querySelectorAll('.button')].map(element =>
      [/** @type {Button} */ (/** @type {HTMLElement} */ (element).dataset.button), circleOf(element)]));
  }
}

/**
 * @param {Element} element
 * @returns {Circle}
 */
function circleOf(element) {
  const {left, top, width, height} = element.getBoundingClientRect();
  return {x: left + width / 2, y: top + height / 2, radius: Math.max(width, height) / 2};
}

/**
 * @param {string} className
 * @param {Button[]} buttons
 */
function group(className, buttons) {
  const element = document.createElement('div');
  element.className = `group ${className}`;
  element.append(...buttons.map(button => part(button, `button ${button}`, button.toUpperCase())));
  return element;
}

function dpad() {
  const element = document.createElement('div');
  element.className = 'dpad';
  for (const button of /** @type {Button[]} */ (['up', 'left', 'right', 'down'])) {
    element.append(part(button, `arm ${button}`, ''));
  }
  return element;
}

/**
 * @param {Button} button
 * @param {string} className
 * @param {string} label
 */
function part(button, className, label) {
  const element = document.createElement('span');
  element.className = className;
  element.dataset.button = button;
  element.textContent = label;
  return element;
}
