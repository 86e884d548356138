import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bars, holderOf, movesFrom, news, qualityInWords} from '../../webroot/js/people.js';

const quality = {roundTrip: 20, lost: 0, bitrate: 0, fps: 60};
const person = (id, seats, more = {}) => ({id, name: id.toUpperCase(), seats, away: false, quality, ...more});
const room = (host, ...people) => ({type: 'room', host, locked: false, listed: false, paused: false, guestsSave: false, people});

test('a seat is held by whoever has it with any pad', () => {
  const here = room('a', person('a', [0, -1, 2]), person('b', [1]));
  assert.equal(holderOf(here, 2).id, 'a');
  assert.equal(holderOf(here, 3), null);
});

test('the host moves anybody anywhere', () => {
  const moves = movesFrom(room('a', person('a', [0]), person('b', [1]), person('c', [])), 'a', 1, 3);
  assert.deepEqual(moves.map(({label}) => label), ['Controller 1 (swap with A)', 'Controller 3', 'Give it to C']);
  assert.deepEqual(moves.map(({wish}) => wish), [
    {type: 'swapSeats', one: 1, other: 0}, {type: 'swapSeats', one: 1, other: 2}, {type: 'giveSeat', seat: 1, person: 'c'}]);
});

test('others hand over their own controller only', () => {
  const here = room('a', person('a', [0]), person('b', [1]), person('c', [], {away: true}));
  assert.deepEqual(movesFrom(here, 'b', 0, 2), []);
  assert.deepEqual(movesFrom(here, 'b', 1, 2).map(({wish}) => wish), [{type: 'giveSeat', seat: 1, person: 'a'}]);
});

test('a connection is good, fair, poor or unknown', () => {
  const at = (roundTrip, lost, away = false) => bars(person('a', [0], {away, quality: {...quality, roundTrip, lost}}));
  assert.deepEqual([at(5, 0), at(50, 10), at(51, 0), at(5, 20), at(200, 0), at(5, 100), at(-1, 0), at(5, 0, true)],
    [3, 3, 2, 2, 1, 1, 0, 0]);
  assert.equal(qualityInWords(person('a', [])), 'good connection: 20 ms');
  assert.equal(qualityInWords(person('a', [], {quality: {...quality, lost: 15}})), 'fair connection: 20 ms, 1.5 % lost');
});

test('what happens in a room is told to whom it concerns', () => {
  const before = room('a', person('a', [0]), person('b', [1]));
  assert.deepEqual(news(null, before, 'a'), []);
  assert.deepEqual(news(before, before, 'a'), []);
  const tell = (...people) => news(before, room('a', ...people), 'a');
  assert.deepEqual(tell(person('a', [0]), person('b', [1]), person('c', [])), ['C is watching']);
  assert.deepEqual(tell(person('a', [0]), person('b', [1]), person('c', [2])), ['C plays along']);
  assert.deepEqual(tell(person('a', [1]), person('b', [0])), ['You have Controller 2']);
  assert.deepEqual(tell(person('a', [-1]), person('b', [1])), ['You are watching now']);
  assert.deepEqual(tell(person('a', [0])), ['B has left']);
  assert.deepEqual(tell(person('a', [0]), person('b', [1], {away: true})), ['B is away']);
  assert.deepEqual(news(before, room('b', person('b', [1])), 'b'), ['A has left', 'You are the host now']);
});
