import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Places} from '../../webroot/js/places.js';
import {Preferences} from '../../webroot/js/preferences.js';

const status = workers => async () => ({json: async () => ({workers})});
const two = status([{name: 'b', region: 'eu'}, {name: 'a', region: 'us'}, {name: 'a', region: 'eu'}, {name: 'c', region: ''}]);
const preferences = () => new Preferences(() => { throw new Error('none'); });

test('regions and machines are known, each once', async () => {
  const places = new Places(preferences(), two);
  await places.refresh();
  assert.deepEqual(places.known, {regions: ['eu', 'us'], workers: ['a', 'b', 'c']});
  assert.deepEqual([places.choice, places.region, places.worker], ['', '', '']);
});

test('what was chosen is kept and asked for', async () => {
  const kept = preferences();
  new Places(kept, two).choice = 'region:eu';
  const places = new Places(kept, two);
  assert.deepEqual([places.region, places.worker], ['eu', '']);
  places.choice = 'worker:a';
  assert.deepEqual([places.region, places.worker], ['', 'a']);
});

test('a place that is not there any more is not asked for, until it is back', async () => {
  const kept = preferences();
  kept.set('place', 'worker:gone');
  const places = new Places(kept, two);
  await places.refresh();
  assert.deepEqual([places.choice, places.worker], ['', '']);
  places.known = {regions: [], workers: ['gone']};
  assert.equal(places.worker, 'gone');
});

test('the address comes first, until something else is chosen', async () => {
  const kept = preferences();
  kept.set('place', 'worker:a');
  const places = new Places(kept, two, {region: 'moon', worker: null});
  await places.refresh();
  assert.deepEqual([places.choice, places.region, places.worker], ['region:moon', 'moon', '']);
  places.choice = '';
  assert.deepEqual([places.region, places.worker], ['', '']);
});

test('a server that does not answer changes nothing', async () => {
  const places = new Places(preferences(), async () => { throw new TypeError('Failed to fetch'); });
  await places.refresh();
  assert.deepEqual(places.known, {regions: [], workers: []});
});
