import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mask} from '../../webroot/js/input/buttons.js';
import {Gamepads, readGamepad, withoutDeadZone} from '../../webroot/js/input/gamepad.js';
import {Pad} from '../../webroot/js/input/pad.js';

/** @param {number[]} pressed  @param {number[]} axes */
function reading(pressed = [], axes = [0, 0, 0, 0], index = 0) {
  const buttons = Array.from({length: 17}, (_, i) => ({pressed: pressed.includes(i), value: pressed.includes(i) ? 1 : 0}));
  return {index, buttons, axes};
}

const standard = ['b', 'a', 'y', 'x', 'l', 'r', 'l2', 'r2', 'select', 'start', 'l3', 'r3', 'up', 'down', 'left', 'right'];

test('the standard mapping leads to the pad of a SNES', () => {
  standard.forEach((button, i) => assert.equal(readGamepad(reading([i]), false).buttons, mask([button])));
  assert.equal(readGamepad(reading([16]), false).buttons, 0);
});

test('the resting noise of a stick is nothing', () => {
  assert.deepEqual(withoutDeadZone(0.1, -0.1), [0, 0]);
});

test('beyond the dead zone a stick begins at nothing and reaches the rim', () => {
  const [x, y] = withoutDeadZone(0.151, 0);
  assert.ok(x > 0 && x < 0.01 && y === 0);
  assert.deepEqual(withoutDeadZone(-1, 0), [-1, 0]);
  const corner = withoutDeadZone(1, 1);
  assert.ok(Math.abs(Math.hypot(...corner) - 1) < 1e-9, 'a square stick is cut to the circle');
});

test('the left stick steers where there is no other', () => {
  assert.equal(readGamepad(reading([], [0.9, -0.9]), true).buttons, mask(['right', 'up']));
  assert.equal(readGamepad(reading([], [-0.4, 0]), true).buttons, 0, 'but not when it leans a little');
  assert.equal(readGamepad(reading([], [0.9, 0]), false).buttons, 0);
});

test('triggers are axes, too', () => {
  assert.deepEqual(readGamepad(reading([6]), false).axes.slice(4), [1, 0]);
});

test('a gamepad that lacks parts is read as far as it goes', () => {
  assert.deepEqual(readGamepad({index: 0, buttons: [], axes: []}, true), {buttons: 0, axes: [0, 0, 0, 0, 0, 0]});
});

test('the first gamepad works the first pad, the second the next, and each keeps its own', () => {
  const pads = [new Pad(0), new Pad(1), new Pad(2)];
  let now = [reading([1], undefined, 4), null, reading([0], undefined, 7)];
  const gamepads = new Gamepads(pads, () => now);
  gamepads.connect(4);
  gamepads.connect(7);
  gamepads.poll();
  assert.deepEqual(pads.map(pad => pad.buttons), [mask(['a']), mask(['b']), 0]);

  gamepads.disconnect(4);
  assert.equal(pads[0].buttons, 0, 'unplugged: nothing stays held');
  gamepads.poll();
  assert.equal(pads[1].buttons, mask(['b']));

  now = [reading([9], undefined, 9)];
  gamepads.connect(9);
  gamepads.poll();
  assert.equal(pads[0].buttons, mask(['start']), 'a new one takes the free pad');
});

test('a gamepad that says hello twice gets one pad', () => {
  const pads = [new Pad(0), new Pad(1)];
  const gamepads = new Gamepads(pads, () => [reading([1])]);
  gamepads.connect(0);
  gamepads.connect(0);
  gamepads.poll();
  assert.deepEqual(pads.map(pad => pad.buttons), [mask(['a']), 0]);
});

test('gamepads are read every 4 ms while there is one, the game is played and the page is seen; else never', () => {
  const running = new Map();
  const clock = {
    setInterval: (action, every) => { running.set(action, every); return action; },
    clearInterval: action => running.delete(action),
  };
  const every = () => [...running.values()];
  const gamepads = new Gamepads([new Pad(0)], () => [reading([1])], clock);
  gamepads.enabled = true;
  assert.deepEqual(every(), []);
  gamepads.connect(0);
  assert.deepEqual(every(), [4]);
  gamepads.visible = false;
  assert.deepEqual(every(), []);
  gamepads.visible = true;
  assert.deepEqual(every(), [4]);
  gamepads.enabled = false;
  assert.deepEqual(every(), []);
  gamepads.enabled = true;
  gamepads.disconnect(0);
  assert.deepEqual(every(), []);
});
