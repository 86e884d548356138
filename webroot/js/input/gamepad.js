import {mask, noAxes} from './buttons.js';

/** @typedef {import('./buttons.js').Button} Button */
/** @typedef {{index: number, buttons: readonly {pressed: boolean, value: number}[], axes: readonly number[]}} Reading */

/** @type {readonly (Button | null)[]} the standard mapping's button numbers: the pad's lower button is B, as on a SNES */
const standard =
  ['b', 'a', 'y', 'x', 'l', 'r', 'l2', 'r2', 'select', 'start', 'l3', 'r3', 'up', 'down', 'left', 'right'];

const deadZone = 0.15;
const directionAt = 0.5;
const pollInterval = 4;

/**
 * A stick's position without its resting noise, still reaching 1 at the rim.
 * @param {number} x
 * @param {number} y
 * @returns {[number, number]}
 */
export function withoutDeadZone(x, y) {
  const length = Math.hypot(x, y);
  if (length < deadZone) return [0, 0];
  const wanted = Math.min(1, (length - deadZone) / (1 - deadZone));
  return [x / length * wanted, y / length * wanted];
}

/**
 * What a gamepad of the standard mapping holds.
 * @param {Reading} gamepad
 * @param {boolean} stickSteers  the left stick works the d-pad too: for systems without sticks
 * @returns {{buttons: number, axes: number[]}}
 */
export function readGamepad({buttons, axes}, stickSteers) {
  /** @type {Button[]} */
  const held = [];
  standard.forEach((name, i) => {
    if (name && buttons[i]?.pressed) held.push(name);
  });
  const [leftX, leftY] = withoutDeadZone(axes[0] ?? 0, axes[1] ?? 0);
  const [rightX, rightY] = withoutDeadZone(axes[2] ?? 0, axes[3] ?? 0);
  if (stickSteers) {
    if (leftX < -directionAt) held.push('left');
    if (leftX > directionAt) held.push('right');
    if (leftY < -directionAt) held.push('up');
    if (leftY > directionAt) held.push('down');
  }
  return {buttons: mask(held), axes: [leftX, leftY, rightX, rightY, buttons[6]?.value ?? 0, buttons[7]?.value ?? 0]};
}

/**
 * All gamepads of this browser as sources: the first works pad 0 together with the keyboard, the next pad 1, …
 * A gamepad keeps its pad until it is unplugged.
 */
export class Gamepads {
  /**
   * @param {import('./pad.js').Pad[]} pads
   * @param {() => readonly (Reading | null)[]} [read]
   * @param {Pick<typeof globalThis, 'setInterval' | 'clearInterval'>} [clock]
   */
  constructor(pads, read = () => navigator.getGamepads(), clock = globalThis) {
    this.pads_ = pads;
    this.read_ = read;
    this.clock_ = clock;
    this.stickSteers = true;
    /** @type {Map<number, number>} gamepad ▶ pad */
    this.slots_ = new Map();
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer_ = undefined;
    this.enabled_ = false;
    this.visible_ = true;
  }

  /** @param {Window} window */
  listen(window) {
    window.document.addEventListener('visibilitychange', () => {
      this.visible = !window.document.hidden;
    });
    window.addEventListener('gamepadconnected', event => this.connect(event.gamepad.index));
    window.addEventListener('gamepaddisconnected', event => this.disconnect(event.gamepad.index));
  }

  /** @param {boolean} on */
  set enabled(on) {
    this.enabled_ = on;
    if (!on) for (const slot of this.slots_.values()) this.pads_[slot].set('gamepad', 0, noAxes);
    this.schedule_();
  }

  /** @param {boolean} on  whether the page is: browsers tell no other of its gamepads */
  set visible(on) {
    this.visible_ = on;
    this.schedule_();
  }

  /** @param {number} gamepad */
  connect(gamepad) {
    const taken = new Set(this.slots_.values());
    const slot = this.pads_.findIndex((_, i) => !taken.has(i));
    if (slot >= 0 && !this.slots_.has(gamepad)) this.slots_.set(gamepad, slot);
    this.schedule_();
  }

  /** @param {number} gamepad */
  disconnect(gamepad) {
    const slot = this.slots_.get(gamepad);
    if (slot === undefined) return;
    this.slots_.delete(gamepad);
    this.pads_[slot].set('gamepad', 0, noAxes);
    this.schedule_();
  }

  poll() {
    for (const gamepad of this.read_()) {
      const slot = gamepad ? this.slots_.get(gamepad.index) : undefined;
      if (!gamepad || slot === undefined) continue;
      const {buttons, axes} = readGamepad(gamepad, this.stickSteers);
      this.pads_[slot].set('gamepad', buttons, axes);
    }
  }

  schedule_() {
    // An interval, not an animation frame: that would cost half a frame of latency on average.
    // 4 ms is also the least that browsers allow.
    this.clock_.clearInterval(this.timer_);
    if (!this.enabled_ || !this.visible_ || this.slots_.size === 0) return;
    this.timer_ = this.clock_.setInterval(() => this.poll(), pollInterval);
  }
}
