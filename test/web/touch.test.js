import assert from 'node:assert/strict';
import {test} from 'node:test';
import {buttonsAt, dpadAt} from '../../webroot/js/input/touch.js';

const pad = {x: 100, y: 100, radius: 50};

const directions = {
  right: [1, 0], 'right down': [1, 1], down: [0, 1], 'down left': [-1, 1], left: [-1, 0], 'left up': [-1, -1], up: [0, -1],
  'up right': [1, -1],
};
for (const [name, [x, y]] of Object.entries(directions)) {
  test(`a thumb to the ${name}`, () => {
    assert.deepEqual(dpadAt({x: 100 + 30 * x, y: 100 + 30 * y}, pad).join(' '), name);
    assert.deepEqual(dpadAt({x: 100 + 300 * x, y: 100 + 300 * y}, pad).join(' '), name, 'also when it slid outside');
  });
}

test('a thumb at rest in the middle steers nowhere', () => {
  assert.deepEqual(dpadAt({x: 104, y: 97}, pad), []);
});

test('a thumb a little off the axis still goes straight', () => {
  assert.deepEqual(dpadAt({x: 140, y: 112}, pad), ['right']);
});

const buttons = new Map([['a', {x: 100, y: 0, radius: 30}], ['b', {x: 30, y: 30, radius: 30}]]);

test('a thumb on a button presses it, one between two presses both', () => {
  assert.deepEqual(buttonsAt({x: 105, y: 5}, buttons), ['a']);
  assert.deepEqual(buttonsAt({x: 65, y: 15}, buttons), ['a', 'b']);
  assert.deepEqual(buttonsAt({x: 200, y: 200}, buttons), []);
});
