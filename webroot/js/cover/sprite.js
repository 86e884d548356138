import {hsl} from './pixels.js';

/** @typedef {import('./pixels.js').Pixels} Pixels */
/** @typedef {import('./random.js').Random} Random */

const half = 5;
const rows = 10;

/**
 * A creature: a random shape, mirrored, with eyes and an outline.
 * @param {Pixels} pixels
 * @param {Random} random
 * @param {{x: number, ground: number, scale: number, hue: number}} where  x: its middle; ground: below its feet
 */
export function drawCreature(pixels, random, {x, ground, scale, hue}) {
  const shape = creatureShape(random);
  const body = hsl(hue, 0.85, 0.58);
  const shade = hsl(hue - 18, 0.8, 0.42);
  const outline = hsl(hue - 30, 0.6, 0.13);
  const eye = hsl(0, 0, 0.98);
  const filled = (/** @type {number} */ column, /** @type {number} */ row) =>
    shape[row]?.[column < half ? column : 2 * half - 1 - column] ?? false;
  const cell = (/** @type {number} */ column, /** @type {number} */ row, /** @type {import('./pixels.js').Color} */ color) =>
    pixels.box(x + (column - half) * scale, ground + (row - rows) * scale, scale, scale, color);
  for (let row = -1; row <= rows; row++) {
    for (let column = -1; column <= 2 * half; column++) {
      if (filled(column, row)) cell(column, row, row > rows / 2 && !filled(column, row + 1) ? shade : body);
      else if ([[0, 1], [0, -1], [1, 0], [-1, 0]].some(([dx, dy]) => filled(column + dx, row + dy))) cell(column, row, outline);
    }
  }
  for (const column of [half - 2, half + 1]) {
    cell(column, 3, eye);
    cell(column, 4, outline);
  }
}

/**
 * @param {Random} random
 * @returns {boolean[][]} the left half; its last column is at the middle
 */
function creatureShape(random) {
  return Array.from({length: rows}, (_, row) => Array.from({length: half}, (_, column) => {
    const core = column >= half - 3 && row >= 2 && row <= 6; // so that it always has a face
    const inward = column / half;
    const likely = 0.2 + 0.6 * inward - (row === 0 || row === rows - 1 ? 0.25 : 0);
    return core || random.chance(likely);
  }));
}
