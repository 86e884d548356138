// Covers for games that have none: painted from name and system, always the same for the same game.

import {systemOf} from '../systems.js';
import {drawText, lineHeight, textWidth, writable} from './pixel_font.js';
import {hex, hsl, Pixels} from './pixels.js';
import {Random} from './random.js';
import {scenes} from './scenes.js';
import {drawCreature} from './sprite.js';

/** @typedef {import('../protocol.js').Game} Game */
/** @typedef {import('./pixels.js').Color} Color */

export const coverWidth = 96;
export const coverHeight = 72;
const margin = 6;
const maxLines = 2;

/**
 * @param {Game} game
 * @returns {Pixels}
 */
export function composeCover(game) {
  const random = new Random(game.id);
  const pixels = new Pixels(coverWidth, coverHeight);
  const hue = random.whole(0, 359);
  const ground = random.pick(scenes)(pixels, random, hue);
  drawCreature(pixels, random, {x: random.whole(32, 58), ground, scale: 3, hue: hue + random.pick([90, 150, 180, 230])});
  drawTag(pixels, game.system, hex(systemOf(game.system).color));
  drawTitle(pixels, game.name);
  return pixels;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Game} game
 */
export function paintCover(canvas, game) {
  const {width, height, data} = composeCover(game);
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
}

/**
 * A name as lines that fit on a cover: without what stands in brackets, cut where it is too long.
 * @param {string} name
 * @returns {string[]}
 */
export function titleLines(name) {
  const words = writable(name.replace(/[([].*/, '')).split(' ').filter(word => word);
  /** @type {string[]} */
  const lines = [];
  for (const word of words) {
    const last = lines.length - 1;
    const longer = `${lines[last]} ${word}`;
    if (last >= 0 && textWidth(longer) <= coverWidth - 2 * margin) lines[last] = longer;
    else lines.push(word);
  }
  return lines.slice(0, maxLines).map(cut);
}

/** @param {string} line */
function cut(line) {
  while (textWidth(line) > coverWidth - 2 * margin) line = line.slice(0, -1);
  return line;
}

/**
 * @param {Pixels} pixels
 * @param {string} name
 */
function drawTitle(pixels, name) {
  titleLines(name).forEach((line, i) => {
    const left = Math.round((coverWidth - textWidth(line)) / 2);
    const top = margin + i * (lineHeight + 2);
    const ink = hsl(270, 0.5, 0.1);
    for (const [dx, dy] of [[-1, -1], [0, -1], [1, -1], [-1, 0], [1, 0], [-1, 1], [0, 1], [1, 1], [0, 2], [1, 2], [-1, 2]]) {
      drawText(line, (x, y) => pixels.dot(left + x + dx, top + y + dy, ink));
    }
    // Light above, gold below: lettering of a title screen.
    drawText(line, (x, y) => pixels.dot(left + x, top + y, y < 4 ? hsl(48, 1, 0.93) : hsl(42, 1, 0.7)));
  });
}

/**
 * @param {Pixels} pixels
 * @param {string} system
 * @param {Color} color
 */
function drawTag(pixels, system, color) {
  const text = writable(system).slice(0, 10);
  const width = textWidth(text) + 6;
  pixels.box(0, coverHeight - 12, width + 1, 12, hsl(270, 0.5, 0.1));
  pixels.box(0, coverHeight - 11, width, 11, color);
  drawText(text, (x, y) => pixels.dot(3 + x, coverHeight - 9 + y, [255, 255, 255]));
}
