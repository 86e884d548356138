import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Hold} from '../../webroot/js/input/hold.js';

/** @param {EventTarget} target  @param {string} type  @param {object} [given] */
function fire(target, type, given = {}) {
  const event = new Event(type);
  target.dispatchEvent(Object.defineProperties(event, Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, {value}]))));
}

function setup() {
  const window = Object.assign(new EventTarget(), {document: new EventTarget()});
  const button = Object.assign(new EventTarget(), {setPointerCapture() {}});
  const hold = new Hold(/** @type {any} */ (window), 'KeyR', /** @type {any} */ (button));
  const told = [];
  hold.on('change', on => told.push(on));
  hold.enabled = true;
  return {window, button, hold, told};
}

test('it goes on while the key is held', () => {
  const {window, told} = setup();
  fire(window, 'keydown', {code: 'KeyR'});
  fire(window, 'keydown', {code: 'KeyR', repeat: true});
  fire(window, 'keyup', {code: 'KeyR'});
  assert.deepEqual(told, [true, false]);
});

test('it goes on while a finger is on the button', () => {
  const {button, told} = setup();
  fire(button, 'pointerdown', {pointerId: 1});
  fire(button, 'pointerup');
  fire(button, 'lostpointercapture');
  assert.deepEqual(told, [true, false]);
});

test('it ends when the window or the page is left, and when it may be no more', () => {
  const {window, hold, told} = setup();
  for (const end of [() => fire(window, 'blur'), () => fire(window.document, 'visibilitychange'), () => { hold.enabled = false; }]) {
    fire(window, 'keydown', {code: 'KeyR'});
    end();
  }
  fire(window, 'keydown', {code: 'KeyR'});
  assert.deepEqual(told, [true, false, true, false, true, false]);
});

test('a key that types, or is part of a shortcut, is not it', () => {
  const {window, told} = setup();
  fire(window, 'keydown', {code: 'KeyR', ctrlKey: true});
  fire(window, 'keydown', {code: 'KeyR', target: {closest: selector => (selector.includes('input') ? {} : null)}});
  assert.deepEqual(told, []);
});
