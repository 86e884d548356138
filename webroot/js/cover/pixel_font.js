// A font of 5 by 7 pixels, drawn for this project.

import {fold} from '../search.js';

/** @type {Readonly<Record<string, string>>} seven rows each, top first: a digit of base 32 is a row of five pixels */
const glyphs = Object.freeze({
  A: 'ehhvhhh', B: 'uhhuhhu', C: 'ehggghe', D: 'uhhhhhu', E: 'vgguggv', F: 'vgguggg', G: 'ehgnhhe',
  H: 'hhhvhhh', I: 's88888s', J: '72222ic', K: 'hikokih', L: 'ggggggv', M: 'hrllhhh', N: 'hppljjh',
  O: 'ehhhhhe', P: 'uhhuggg', Q: 'ehhhlid', R: 'uhhukih', S: 'fgge11u', T: 'v444444', U: 'hhhhhhe',
  V: 'hhhhaa4', W: 'hhhllrh', X: 'hha4ahh', Y: 'hha4444', Z: 'v1248gv', 0: 'ejlllpe', 1: '8o8888s',
  2: 'eh1248v', 3: 'u11e11u', 4: '26aiv22', 5: 'vgu11he', 6: 'egguhhe', 7: 'v124888', 8: 'ehhehhe',
  9: 'ehhf11e', "'": 'gg00000', '-': '000u000', '.': '000000g', ',': '000008g', '!': 'ggggg0g', '&': 'cik8lid',
  ':': '00g00g0', '+': '044v440', '?': 'eh12404', '/': '11248gg',
});

export const lineHeight = 7;
const space = 3;

/**
 * Text as this font can write it, or '' when it holds letters that the font lacks.
 * @param {string} text
 */
export function writable(text) {
  const plain = fold(text).toUpperCase().replace(/[‘’`]/g, "'").replace(/[–—]/g, '-').replace(/\s+/g, ' ').trim();
  return [...plain].every(letter => letter === ' ' || letter in glyphs) ? plain : '';
}

/** @param {string} letter */
function rowsOf(letter) {
  return [...glyphs[letter]].map(digit => parseInt(digit, 32));
}

/** @param {string} letter */
function widthOf(letter) {
  if (letter === ' ') return space;
  const used = rowsOf(letter).reduce((all, row) => all | row, 0);
  return 5 - Math.log2(used & -used);
}

/** @param {string} text */
export function textWidth(text) {
  return [...text].reduce((width, letter) => width + widthOf(letter) + 1, -1);
}

/**
 * Calls `dot` for each pixel of a line of text.
 * @param {string} text  writable
 * @param {(x: number, y: number) => void} dot
 */
export function drawText(text, dot) {
  let left = 0;
  for (const letter of text) {
    if (letter !== ' ') {
      rowsOf(letter).forEach((row, y) => {
        for (let x = 0; x < 5; x++) if (row & (16 >> x)) dot(left + x, y);
      });
    }
    left += widthOf(letter) + 1;
  }
}
