// What is asked of the server about saves, and how they read.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Refusal} from '../../webroot/js/refusal.js';
import {aboutSave, ago, fileNameOf, slotsOf, titleOf} from '../../webroot/js/save_words.js';
import {Saves, maxSaveBytes} from '../../webroot/js/saves.js';

const game = {id: 'gb/Jelly & Co', system: 'gb', systemName: 'Game Boy', name: 'Jelly & Co', seats: 1, playable: true};
const save = more => ({
  game, kind: 'state', slot: '1', sequence: 1, name: '', time: Date.UTC(2026, 0, 2, 3, 4, 5), size: 12_345, core: 'Gambatte',
  coreVersion: '0.5', picture: true, current: true, ...more,
});

/** A server with one answer for all; `asked` is what it heard. */
function server(body, status = 200) {
  const asked = [];
  const saves = new Saves('secret', async (path, given = {}) => {
    asked.push({path, ...given});
    return new Response(JSON.stringify(body), {status});
  });
  return {asked, saves};
}

test('every request tells whose saves are meant', async () => {
  const {asked, saves} = server([save({})]);
  await saves.refresh();
  await saves.of(game.id);
  await saves.bytes(save({}));
  await saves.picture(saves.pathOfPicture(save({sequence: 3})));
  await saves.rename(save({}), 'Boss');
  await saves.remove(save({slot: 'auto'}));
  await saves.restore(save({sequence: 2}));
  await saves.upload(game.id, {kind: 'sram', slot: 'auto'}, new Blob(['x']));
  assert.deepEqual(asked.map(({method = 'GET', path}) => `${method} ${path.split('?')[0]}`), [
    'GET /api/saves',
    'GET /api/saves/gb/Jelly%20%26%20Co',
    'GET /api/saves/gb/Jelly%20%26%20Co/state/1/1',
    'GET /api/saves/gb/Jelly%20%26%20Co/state/1/3/picture',
    'POST /api/saves/gb/Jelly%20%26%20Co/state/1/rename',
    'POST /api/saves/gb/Jelly%20%26%20Co/state/auto/remove',
    'POST /api/saves/gb/Jelly%20%26%20Co/state/1/restore',
    'POST /api/saves/gb/Jelly%20%26%20Co/sram/auto',
  ]);
  for (const {headers} of asked) assert.equal(headers['X-Player'], 'secret');
  assert.deepEqual(asked.slice(4, 7).map(({body}) => JSON.parse(body)), [{sequence: 1, name: 'Boss'}, {}, {sequence: 2}]);
});

test('a save without a picture has no path for it', () => assert.equal(server([]).saves.pathOfPicture(save({picture: false})), ''));

test('a file that is too large is refused before it travels', async () => {
  const {asked, saves} = server({});
  await assert.rejects(saves.upload(game.id, {kind: 'state', slot: '1'}, {size: maxSaveBytes + 1}),
    error => error instanceof Refusal && error.code === 'save-too-large');
  assert.deepEqual(asked, []);
});

test('what was changed is told, and looked at again while somebody looks', async () => {
  const {asked, saves} = server([save({})]);
  const told = [];
  saves.on('changed', id => told.push(id));
  await saves.rename(save({}), 'x');
  assert.equal(asked.length, 1);
  saves.shown = true;
  await saves.rename(save({}), 'y');
  assert.deepEqual(told, [game.id, game.id]);
  assert.deepEqual(asked.map(({method = 'GET'}) => method), ['POST', 'GET', 'POST', 'GET']);
});

test('recent saves that are shown outlast a server that is gone', async () => {
  const answers = [new Response(JSON.stringify([save({})])), new Response('{}', {status: 500})];
  const saves = new Saves('secret', async () => answers.shift());
  await saves.refresh();
  await saves.refresh();
  assert.equal(saves.recent.length, 1);
});

for (const body of [{}, [{game: 1}], [{sequence: 'x'}]]) {
  test(`${JSON.stringify(body)} is no list of saves`, async () => {
    await assert.rejects(server(body).saves.of(game.id), error => error instanceof Refusal && error.code === 'bad-answer');
  });
}

test('a refusal has the words of the server', async () => {
  const {saves} = server({code: 's3-denied', message: 'No.', remedy: 'Do.'}, 503);
  await assert.rejects(saves.bytes(save({})), error => error instanceof Refusal && error.message === 'No.' && error.remedy === 'Do.');
});

test('a game has nine slots, the automatic one and the battery; others only when something is there', () => {
  const slots = slotsOf([save({sequence: 2}), save({current: false}), save({kind: 'files', slot: 'auto'})]);
  assert.deepEqual(slots.map(titleOf), [
    ...Array.from({length: 9}, (_, i) => `Slot ${i + 1}`), 'Automatic', 'Battery save', 'Files of the game']);
  assert.deepEqual(slots[0].versions.map(({sequence}) => sequence), [2, 1]);
  assert.equal(slots[0].current?.sequence, 2);
  assert.equal(slots[1].current, null);
});

test('times read as people say them', () => {
  const now = Date.UTC(2026, 0, 20);
  const at = ms => ago(now - ms, now);
  assert.deepEqual([at(-500), at(59e3), at(61e3), at(119 * 60e3), at(25 * 36e5), at(6 * 864e5)],
    ['just now', 'just now', '1 minute ago', '1 hour ago', 'yesterday', '6 days ago']);
  assert.match(at(8 * 864e5), /^Jan 1[12], 2026$/);
});

test('a save reads as when, how large, and by what', () => {
  assert.equal(aboutSave(save({}), save({}).time), 'just now · 12 KB · Gambatte 0.5');
  assert.equal(aboutSave(save({core: '', coreVersion: '', size: 5}), save({}).time), 'just now · 5 bytes');
  assert.equal(aboutSave(save({size: 12.34e6}), save({}).time), 'just now · 12.3 MB · Gambatte 0.5');
});

test('a downloaded file says what it is', () => {
  assert.equal(fileNameOf(save({})), 'Jelly & Co (Slot 1, 2026-01-02 03-04-05).state');
  assert.equal(fileNameOf(save({kind: 'sram', slot: 'auto'})), 'Jelly & Co (Battery save, 2026-01-02 03-04-05).srm');
});
