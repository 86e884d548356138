import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parsePath, pathOf} from '../../webroot/js/router.js';

/** @type {[string, object][]} */
const cases = [
  ['/', {page: 'library'}],
  ['/play/nes/flash', {page: 'play', game: 'nes/flash'}],
  ['/play/nes/flash/', {page: 'play', game: 'nes/flash'}],
  ['/game/snes/Chrono%20%26%20Co%3F', {page: 'game', game: 'snes/Chrono & Co?'}],
  ['/room/ab12', {page: 'room', room: 'ab12'}],
  ['/room', {page: 'unknown'}],
  ['/room/a/b', {page: 'unknown'}],
  ['/play/nes', {page: 'unknown'}],
  ['/elsewhere', {page: 'unknown'}],
  ['/game/nes/%E0%A4%A', {page: 'unknown'}],
];

for (const [path, route] of cases) test(`${path} is ${JSON.stringify(route)}`, () => assert.deepEqual(parsePath(path), route));

test('addresses lead back to what they were made of', () => {
  for (const game of ['nes/flash', 'gb/100% # ?/…'.replace('/…', ' …'), 'snes/星のカービィ']) {
    assert.deepEqual(parsePath(pathOf.play(game)), {page: 'play', game});
    assert.deepEqual(parsePath(pathOf.game(game)), {page: 'game', game});
  }
  assert.deepEqual(parsePath(pathOf.room('a/b')), {page: 'room', room: 'a/b'});
  assert.deepEqual(parsePath(pathOf.library()), {page: 'library'});
});
