import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Scout} from '../../webroot/js/scout.js';
import {Source} from '../../webroot/js/source.js';

class FakeSignaling extends Source {
  roundTrip = 7.4;
}

function setup(wish) {
  const signaling = new FakeSignaling();
  /** @type {any[]} */
  const asked = [];
  const probe = {measure: async landmarks => {
    asked.push(landmarks);
    return [{worker: 'a', ms: 12}];
  }};
  return {signaling, asked, scout: new Scout(/** @type {any} */ (signaling), /** @type {any} */ (probe), wish)};
}

test('the ways to the server and to the workers that it named last are told', async () => {
  const {signaling, asked, scout} = setup();
  signaling.emit('message', {type: 'landmarks', landmarks: [1]});
  signaling.emit('message', {type: 'landmarks', landmarks: [2, 3]});
  signaling.emit('message', {type: 'libraryChanged'});
  assert.deepEqual(await scout.look(),
    {roundTrips: [{worker: '', ms: 7}, {worker: 'a', ms: 12}], region: '', worker: ''});
  assert.deepEqual(asked, [[2, 3]]);
});

test('who asks right after a welcome waits for what the server says next', async () => {
  const {signaling, asked, scout} = setup();
  signaling.emit('message', {type: 'landmarks', landmarks: [1]});
  signaling.emit('welcome', {type: 'welcome'});
  const looked = scout.look();
  signaling.emit('message', {type: 'landmarks', landmarks: [2]});
  await looked;
  assert.deepEqual(asked, [[2]]);
});

test('the region and the worker that the player asks for are told', async () => {
  const {region, worker} = await setup({region: 'eu', worker: null}).scout.look();
  assert.deepEqual({region, worker}, {region: 'eu', worker: ''});
});
