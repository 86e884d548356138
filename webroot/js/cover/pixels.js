/** @typedef {readonly [number, number, number]} Color  red, green, blue, 0..255 */

/**
 * @param {number} hue         degrees
 * @param {number} saturation  0..1
 * @param {number} lightness   0..1
 * @returns {Color}
 */
export function hsl(hue, saturation, lightness) {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (/** @type {number} */ n) => {
    const k = (n + ((hue % 360) + 360) / 30) % 12;
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/**
 * @param {string} text  "#rrggbb"
 * @returns {Color}
 */
export function hex(text) {
  const value = parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Thresholds of ordered dithering. */
const bayer = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

/** A small picture to draw in, pixel by pixel. What lies outside is cut off. */
export class Pixels {
  /**
   * @param {number} width
   * @param {number} height
   */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.data = new Uint8ClampedArray(4 * width * height);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {Color} color
   */
  dot(x, y, color) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    this.data.set([...color, 255], 4 * (y * this.width + x));
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @param {Color} color
   */
  box(x, y, width, height, color) {
    for (let row = y; row < y + height; row++) for (let column = x; column < x + width; column++) this.dot(column, row, color);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {(x: number, y: number) => Color | null} colorAt
   */
  disc(x, y, radius, colorAt) {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const color = dx * dx + dy * dy <= radius * radius + radius ? colorAt(dx, dy) : null;
        if (color) this.dot(x + dx, y + dy, color);
      }
    }
  }

  /**
   * Rows that go from the first colour to the last, mixed by dithering.
   * @param {number} top
   * @param {number} bottom
   * @param {readonly Color[]} colors
   */
  gradient(top, bottom, colors) {
    for (let y = top; y < bottom; y++) {
      const position = (y - top) / (bottom - top) * (colors.length - 1);
      for (let x = 0; x < this.width; x++) {
        const further = position % 1 > (bayer[y % 4][x % 4] + 0.5) / 16 ? 1 : 0;
        this.dot(x, y, colors[Math.min(Math.floor(position) + further, colors.length - 1)]);
      }
    }
  }
}
