import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bits, buttonNames, mask} from '../../webroot/js/input/buttons.js';
import {Pad} from '../../webroot/js/input/pad.js';

test('the bits are those of RETRO_DEVICE_ID_JOYPAD', () => {
  assert.equal(buttonNames.length, 16);
  assert.deepEqual([bits.b, bits.select, bits.up, bits.a, bits.r3], [1, 4, 16, 256, 32768]);
  assert.equal(mask(['a', 'b', 'a']), 257);
});

test('each change counts on and remembers the four states before', () => {
  const pad = new Pad(3);
  for (const buttons of [1, 3, 2, 6, 4]) pad.set('keyboard', buttons);
  assert.deepEqual(pad.state, {pad: 3, buttons: 4, sequence: 5, earlier: [6, 2, 3, 1], axes: [0, 0, 0, 0, 0, 0]});
});

test('the same state again is no change', () => {
  const pad = new Pad(0);
  let changes = 0;
  pad.on('change', () => changes++);
  pad.set('keyboard', 5);
  pad.set('keyboard', 5);
  pad.set('gamepad', 1);
  assert.equal(changes, 1);
  assert.equal(pad.sequence, 1);
});

test('a button that two devices hold is let go when both did', () => {
  const pad = new Pad(0);
  pad.set('keyboard', bits.a);
  pad.set('touch', bits.a | bits.up);
  pad.set('keyboard', 0);
  assert.equal(pad.buttons, bits.a | bits.up);
  pad.set('touch', 0);
  assert.equal(pad.buttons, 0);
});

test('of two sticks the one further out counts', () => {
  const pad = new Pad(0);
  pad.set('gamepad', 0, [0.2, -0.9, 0, 0, 0, 0]);
  pad.set('touch', 0, [-0.5, 0.1, 0, 0, 0, 1]);
  assert.deepEqual(pad.axes, [-0.5, -0.9, 0, 0, 0, 1]);
});

test('the sequence wraps at 32 bits', () => {
  const pad = new Pad(0);
  pad.sequence = 0xffffffff;
  pad.set('keyboard', 1);
  assert.equal(pad.sequence, 0);
});

test('release lets go of all', () => {
  const pad = new Pad(0);
  pad.set('keyboard', 7);
  pad.release();
  assert.deepEqual([pad.buttons, pad.earlier[0]], [0, 7]);
});
