import assert from 'node:assert/strict';
import {test} from 'node:test';
import {composeCover, coverHeight, coverWidth, titleLines} from '../../webroot/js/cover/cover.js';
import {drawText, textWidth, writable} from '../../webroot/js/cover/pixel_font.js';

const game = (id, name = id) => ({id, system: id.split('/')[0], systemName: '', name, seats: 2, playable: true});
const dataOf = one => Buffer.from(composeCover(one).data);

test('a game has the same cover always, and another game another', () => {
  assert.ok(dataOf(game('nes/a')).equals(dataOf(game('nes/a'))));
  assert.ok(!dataOf(game('nes/a', 'x')).equals(dataOf(game('nes/b', 'x'))));
});

test('a cover is full: no pixel is left transparent', () => {
  for (let i = 0; i < 60; i++) {
    const {data} = composeCover(game(`nes/${i}`));
    assert.equal(data.length, 4 * coverWidth * coverHeight);
    for (let alpha = 3; alpha < data.length; alpha += 4) assert.equal(data[alpha], 255);
  }
});

test('a title breaks between words, and leaves out what stands in brackets', () => {
  assert.deepEqual(titleLines('Comet Party'), ['COMET PARTY']);
  assert.deepEqual(titleLines('Pokémon Élan (Europe) [!]'), ['POKEMON ELAN']);
  assert.deepEqual(titleLines('Super Long Adventure of the Year'), ['SUPER LONG', 'ADVENTURE OF']);
  for (const line of titleLines('Donaudampfschifffahrtsgesellschaft')) assert.ok(textWidth(line) <= coverWidth);
});

test('a title in letters that the font lacks is left out', () => {
  assert.deepEqual(titleLines('星のカービィ'), []);
  assert.deepEqual(titleLines(''), []);
});

test('text is as wide as it says', () => {
  const text = writable('I Like “it”'.replace(/[“”]/g, "'"));
  let right = 0;
  drawText(text, x => { right = Math.max(right, x); });
  assert.equal(textWidth(text), right + 1);
});
