// The buttons of a pad by name, as bits: RETRO_DEVICE_ID_JOYPAD_*.

/** @typedef {'b' | 'y' | 'select' | 'start' | 'up' | 'down' | 'left' | 'right' | 'a' | 'x' | 'l' | 'r' | 'l2' | 'r2' | 'l3' | 'r3'} Button */

/** @type {Button[]} in the order of their bits */
export const buttonNames =
  ['b', 'y', 'select', 'start', 'up', 'down', 'left', 'right', 'a', 'x', 'l', 'r', 'l2', 'r2', 'l3', 'r3'];

export const bits = /** @type {Record<Button, number>} */ (
  Object.fromEntries(buttonNames.map((name, bit) => [name, 1 << bit])));

/** @param {Iterable<Button>} buttons */
export function mask(buttons) {
  let sum = 0;
  for (const button of buttons) sum |= bits[button];
  return sum;
}

export const noAxes = Object.freeze([0, 0, 0, 0, 0, 0]);
