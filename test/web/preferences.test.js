import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Preferences} from '../../webroot/js/preferences.js';

function storage(initial = {}) {
  const values = new Map(Object.entries(initial));
  return {values, getItem: name => values.get(name) ?? null, setItem: (name, value) => values.set(name, value)};
}

test('what was chosen is there on the next visit', () => {
  const kept = storage();
  new Preferences(() => kept).set('volume', 0.5);
  assert.equal(new Preferences(() => kept).get('volume', 1), 0.5);
});

test('what is broken or of another kind is ignored', () => {
  const preferences = new Preferences(() => storage({volume: '{', muted: '"yes"'}));
  assert.equal(preferences.get('volume', 1), 1);
  assert.equal(preferences.get('muted', false), false);
});

test('a browser that forbids keeping still remembers for this visit', () => {
  const forbidden = () => { throw new Error('SecurityError'); };
  const preferences = new Preferences(forbidden);
  preferences.set('muted', true);
  assert.equal(preferences.get('muted', false), true);
});
