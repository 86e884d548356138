import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mask} from '../../webroot/js/input/buttons.js';
import {Keyboard} from '../../webroot/js/input/keyboard.js';
import {Pad} from '../../webroot/js/input/pad.js';

function setup() {
  const pad = new Pad(0);
  const keyboard = new Keyboard(pad);
  keyboard.enabled = true;
  return {pad, keyboard};
}

/** A key event as far as the keyboard looks at it. */
function key(code, more = {}) {
  return {code, prevented: false, preventDefault() { this.prevented = true; }, ...more};
}

const retroArch = {
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', KeyX: 'a', KeyZ: 'b', KeyS: 'x', KeyA: 'y',
  KeyQ: 'l', KeyW: 'r', Enter: 'start', ShiftRight: 'select',
};

for (const [code, button] of Object.entries(retroArch)) {
  test(`${code} is ${button}`, () => {
    const {pad, keyboard} = setup();
    const event = key(code);
    keyboard.down(event);
    assert.equal(pad.buttons, mask([button]));
    assert.ok(event.prevented, 'the page does not act on it');
    keyboard.up(key(code));
    assert.equal(pad.buttons, 0);
  });
}

test('keys held together add up', () => {
  const {pad, keyboard} = setup();
  keyboard.down(key('KeyX'));
  keyboard.down(key('ArrowRight'));
  assert.equal(pad.buttons, mask(['a', 'right']));
});

test('a repeating key is one press', () => {
  const {pad, keyboard} = setup();
  keyboard.down(key('KeyX'));
  keyboard.down(key('KeyX', {repeat: true}));
  assert.equal(pad.sequence, 1);
});

test('shortcuts of the browser stay its own', () => {
  const {pad, keyboard} = setup();
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
    const event = key('KeyW', {[modifier]: true});
    keyboard.down(event);
    assert.equal(event.prevented, false);
  }
  assert.equal(pad.buttons, 0);
});

test('other keys pass', () => {
  const {pad, keyboard} = setup();
  const event = key('Tab');
  keyboard.down(event);
  assert.equal(event.prevented, false);
  assert.equal(pad.sequence, 0);
});

test('who types or works a button keeps the keys for that', () => {
  const {pad, keyboard} = setup();
  const inside = selector => ({target: {closest: asked => (asked.split(', ').includes(selector) ? {} : null)}});
  keyboard.down(key('KeyX', inside('input')));
  keyboard.down(key('Enter', inside('button')));
  assert.equal(pad.buttons, 0);
  keyboard.down(key('KeyX', inside('button')));
  assert.equal(pad.buttons, mask(['a']), 'a button takes no letters');
});

test('everything is let go when the keyboard goes elsewhere', () => {
  const {pad, keyboard} = setup();
  keyboard.down(key('KeyX'));
  keyboard.release();
  assert.equal(pad.buttons, 0);
  keyboard.down(key('KeyZ'));
  keyboard.enabled = false;
  assert.equal(pad.buttons, 0);
  keyboard.down(key('KeyZ'));
  assert.equal(pad.buttons, 0, 'outside of a game no key is taken');
});
