// What the client knows about systems: their colour, and the controls that they have.

/** @typedef {import('./input/buttons.js').Button} Button */

/**
 * @typedef {object} System
 * @property {string} color     of its cards
 * @property {Button[]} buttons beside d-pad, Start and Select
 * @property {boolean} analog   it has sticks: then the left stick is no d-pad
 */

/** @type {Button[]} */
const two = ['b', 'a'];
/** @type {Button[]} */
const four = ['b', 'a', 'l', 'r'];
/** @type {Button[]} */
const six = ['b', 'a', 'y', 'x', 'l', 'r'];

/** @type {Readonly<Record<string, System>>} */
const known = {
  demo: {color: '#e4572e', buttons: two, analog: false},
  nes: {color: '#d13b3b', buttons: two, analog: false},
  gb: {color: '#7d8c2c', buttons: two, analog: false},
  gbc: {color: '#8a4fbf', buttons: two, analog: false},
  gba: {color: '#5058c8', buttons: four, analog: false},
  snes: {color: '#7464b8', buttons: six, analog: false},
  pcengine: {color: '#e08a1e', buttons: two, analog: false},
  virtualboy: {color: '#c01840', buttons: four, analog: false},
  wonderswan: {color: '#3f8fa8', buttons: two, analog: false},
  wonderswancolor: {color: '#2f9e8f', buttons: two, analog: false},
  nds: {color: '#6c7a89', buttons: six, analog: false},
  psx: {color: '#4a6fa5', buttons: [...six, 'l2', 'r2'], analog: false},
};

/**
 * @param {string} id
 * @returns {System}
 */
export function systemOf(id) {
  return known[id] ?? {color: '#8d6e63', buttons: six, analog: false};
}
