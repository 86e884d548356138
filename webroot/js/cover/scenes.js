// The places that covers show. Each paints a whole picture and says where its ground is.

import {hsl} from './pixels.js';

/** @typedef {import('./pixels.js').Pixels} Pixels */
/** @typedef {import('./pixels.js').Color} Color */
/** @typedef {import('./random.js').Random} Random */
/** @typedef {(pixels: Pixels, random: Random, hue: number) => number} Scene  returns the row of the ground */

/**
 * @param {Pixels} pixels
 * @param {Random} random
 * @param {number} count
 * @param {number} bottom
 * @param {Color} color
 */
function stars(pixels, random, count, bottom, color) {
  for (let i = 0; i < count; i++) {
    const x = random.whole(0, pixels.width - 1);
    const y = random.whole(0, bottom);
    pixels.dot(x, y, color);
    if (random.chance(0.15)) for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) pixels.dot(x + dx, y + dy, color);
  }
}

/**
 * A skyline of waves, filled down to the bottom.
 * @param {Pixels} pixels
 * @param {Random} random
 * @param {number} level
 * @param {number} height
 * @param {Color} color
 * @param {Color} edge
 */
function ridge(pixels, random, level, height, color, edge) {
  const waves = [1, 2.3].map(n => ({step: n * (0.04 + 0.05 * random.next()), phase: 7 * random.next(), size: height / n}));
  for (let x = 0; x < pixels.width; x++) {
    const top = Math.round(level - waves.reduce((sum, {step, phase, size}) => sum + size * Math.sin(step * x + phase), 0));
    pixels.box(x, top, 1, pixels.height - top, color);
    pixels.box(x, top, 1, 2, edge);
  }
}

/**
 * @param {Pixels} pixels
 * @param {Random} random
 * @param {number} bottom
 * @param {Color} color
 */
function clouds(pixels, random, bottom, color) {
  for (let i = 0; i < 4; i++) {
    const x = random.whole(-4, pixels.width);
    const y = random.whole(4, bottom);
    const width = random.whole(10, 20);
    pixels.box(x, y, width, 3, color);
    pixels.box(x + 3, y - 2, width - 8, 2, color);
  }
}

/** @type {Scene} a sun over hills and checkered earth */
function hills(pixels, random, hue) {
  pixels.gradient(0, 52, [hsl(hue, 0.6, 0.42), hsl(hue + 25, 0.75, 0.6), hsl(hue + 50, 0.9, 0.78)]);
  const sun = hsl(hue + 70, 0.95, 0.8);
  pixels.disc(random.whole(20, 76), random.whole(28, 36), random.whole(9, 14), () => sun);
  clouds(pixels, random, 26, hsl(hue + 30, 0.6, 0.86));
  ridge(pixels, random, 44, 5, hsl(hue + 110, 0.35, 0.4), hsl(hue + 110, 0.35, 0.5));
  ridge(pixels, random, 51, 3, hsl(hue + 125, 0.45, 0.3), hsl(hue + 125, 0.5, 0.42));
  return earth(pixels, 60, hsl(hue + 130, 0.55, 0.42), hsl(hue + 10, 0.5, 0.38), hsl(hue + 10, 0.5, 0.3));
}

/**
 * @param {Pixels} pixels
 * @param {number} top
 * @param {Color} grass
 * @param {Color} one
 * @param {Color} other
 */
function earth(pixels, top, grass, one, other) {
  for (let y = top; y < pixels.height; y++) {
    for (let x = 0; x < pixels.width; x++) pixels.dot(x, y, ((x >> 2) + ((y - top) >> 2)) % 2 ? one : other);
  }
  pixels.box(0, top, pixels.width, 2, grass);
  for (let x = 0; x < pixels.width; x += 4) pixels.box(x, top + 2, 2, 1, grass);
  return top;
}

/** @type {Scene} a ringed planet among stars */
function space(pixels, random, hue) {
  pixels.gradient(0, pixels.height, [hsl(hue + 20, 0.7, 0.07), hsl(hue, 0.7, 0.16), hsl(hue - 30, 0.6, 0.28)]);
  stars(pixels, random, 55, pixels.height, hsl(50, 0.7, 0.9));
  const [x, y, radius] = [random.whole(18, 78), random.whole(26, 36), random.whole(11, 17)];
  const colors = [0.68, 0.58, 0.48, 0.36].map(light => hsl(hue + 150, 0.7, light));
  pixels.disc(x, y, radius, (dx, dy) => colors[Math.max(0, Math.min(3, Math.floor(1.6 + (dx + dy + 2 * Math.sin(dy)) / radius * 1.6)))]);
  for (let t = 0; t < 360; t++) {
    const [rx, ry] = [Math.cos(t / 57.3) * radius * 1.7, Math.sin(t / 57.3) * radius * 0.4];
    if (ry > 0 || Math.abs(rx) > radius) pixels.dot(Math.round(x + rx), Math.round(y + ry - rx * 0.15), hsl(hue + 200, 0.8, 0.75));
  }
  ridge(pixels, random, 61, 1.5, hsl(hue - 10, 0.25, 0.3), hsl(hue - 10, 0.3, 0.48));
  return 62;
}

/** @type {Scene} lit windows at dusk */
function city(pixels, random, hue) {
  pixels.gradient(0, 62, [hsl(hue + 240, 0.6, 0.2), hsl(hue + 290, 0.6, 0.4), hsl(hue + 340, 0.8, 0.62)]);
  stars(pixels, random, 18, 24, hsl(50, 0.6, 0.9));
  const moon = hsl(48, 0.9, 0.82);
  pixels.disc(random.whole(12, 84), random.whole(20, 28), 7, (dx, dy) => ((dx + 3) ** 2 + (dy + 2) ** 2 > 30 ? moon : null));
  for (const [light, lowest, tallest] of [[0.24, 18, 36], [0.13, 8, 24]]) {
    const wall = hsl(hue + 250, 0.4, light);
    for (let x = -3; x < pixels.width;) {
      const width = random.whole(8, 15);
      const top = 62 - random.whole(lowest, tallest);
      pixels.box(x, top, width, 62 - top, wall);
      for (let wy = top + 3; wy < 59; wy += 4) {
        for (let wx = x + 2; wx < x + width - 2; wx += 3) if (random.chance(0.4)) pixels.box(wx, wy, 1, 2, hsl(45, 0.9, light + 0.45));
      }
      x += width + random.whole(0, 2);
    }
  }
  pixels.box(0, 62, pixels.width, 10, hsl(hue + 250, 0.25, 0.18));
  for (let x = 2; x < pixels.width; x += 10) pixels.box(x, 67, 5, 1, hsl(50, 0.8, 0.7));
  return 62;
}

/** @type {Scene} waves and an island */
function sea(pixels, random, hue) {
  pixels.gradient(0, 44, [hsl(205 + hue / 12, 0.75, 0.5), hsl(195 + hue / 12, 0.7, 0.68), hsl(40, 0.9, 0.85)]);
  clouds(pixels, random, 30, hsl(200, 0.5, 0.96));
  pixels.disc(random.whole(14, 82), 36, 9, (_, dy) => (dy < 8 ? hsl(42, 0.95, 0.72) : null));
  pixels.gradient(44, 64, [hsl(190, 0.65, 0.55), hsl(210, 0.7, 0.34)]);
  for (let i = 0; i < 26; i++) pixels.box(random.whole(-2, 94), random.whole(46, 60), random.whole(3, 8), 1, hsl(190, 0.7, 0.78));
  const palm = random.whole(10, 80);
  pixels.disc(palm, 52, 8, (_, dy) => (dy < -4 ? hsl(45, 0.6, 0.65) : null));
  pixels.box(palm, 34, 2, 12, hsl(28, 0.5, 0.35));
  for (const [dx, dy] of [[-6, 2], [-5, 0], [-3, -1], [3, -1], [5, 0], [6, 2]]) pixels.box(palm + dx - 1, 33 + dy, 4, 2, hsl(135, 0.5, 0.34));
  return earth(pixels, 62, hsl(48, 0.75, 0.72), hsl(38, 0.55, 0.58), hsl(36, 0.5, 0.5));
}

/** @type {Scene} a dungeon by torchlight */
function dungeon(pixels, random, hue) {
  const [joint, ...bricks] = [0.1, 0.17, 0.2, 0.24].map(light => hsl(hue, 0.3, light));
  pixels.box(0, 0, pixels.width, pixels.height, joint);
  for (let y = 0; y < 62; y += 6) {
    for (let x = (y % 12 ? -6 : 0); x < pixels.width; x += 12) pixels.box(x, y, 11, 5, random.pick(bricks));
  }
  for (const x of [random.whole(8, 30), random.whole(66, 88)]) {
    pixels.disc(x, 30, 10, (dx, dy) => ((dx + dy) % 2 ? null : hsl(hue + 10, 0.5, 0.4)));
    pixels.box(x - 1, 33, 3, 9, hsl(28, 0.5, 0.3));
    pixels.disc(x, 30, 3, () => hsl(28, 0.95, 0.56));
    pixels.disc(x, 31, 1, () => hsl(52, 1, 0.75));
  }
  return earth(pixels, 62, hsl(hue, 0.2, 0.5), hsl(hue, 0.2, 0.34), hsl(hue, 0.22, 0.27));
}

/** @type {Scene} rows of pines */
function forest(pixels, random, hue) {
  pixels.gradient(0, 60, [hsl(hue / 4 + 160, 0.5, 0.34), hsl(hue / 4 + 140, 0.5, 0.58), hsl(60, 0.7, 0.8)]);
  for (const [light, ground, size] of [[0.4, 52, 20], [0.28, 58, 26], [0.17, 63, 22]]) {
    for (let x = random.whole(-6, 0); x < pixels.width + 6; x += random.whole(7, 12)) {
      const height = random.whole(size - 8, size);
      for (let row = 0; row < height; row++) {
        const reach = Math.floor((row % 6 + row / 2) / 2.2);
        pixels.box(x - reach, ground - height + row, 2 * reach + 1, 1, hsl(150 + hue / 8, 0.4, light));
      }
    }
    pixels.box(0, ground, pixels.width, 4, hsl(150 + hue / 8, 0.4, light));
  }
  return earth(pixels, 62, hsl(110, 0.45, 0.42), hsl(25, 0.4, 0.3), hsl(25, 0.4, 0.24));
}

export const scenes = Object.freeze([hills, space, city, sea, dungeon, forest]);
