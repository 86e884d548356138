import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Library} from '../../webroot/js/library.js';

const game = (system, name) => ({id: `${system}/${name}`, system, systemName: system.toUpperCase(), name, seats: 2, playable: true});
const answer = (body, ok = true) => async () => ({ok, json: async () => body});

test('games come by name, numbers by size', async () => {
  const library = new Library(answer([game('nes', 'B 10'), game('gb', 'a'), game('nes', 'B 9')]));
  await library.refresh();
  assert.equal(library.state, 'ready');
  assert.deepEqual(library.games.map(({name}) => name), ['a', 'B 9', 'B 10']);
  assert.deepEqual(library.systems, [{id: 'gb', name: 'GB', count: 1}, {id: 'nes', name: 'NES', count: 2}]);
  assert.equal(library.find('gb/a')?.name, 'a');
});

const failures = {
  'a server that refuses': answer([], false),
  'a server that is not there': async () => { throw new TypeError('Failed to fetch'); },
  'an answer that is no list': answer({games: []}),
  'a game of the wrong kind': answer([{id: 5}]),
};
for (const [name, fetchGames] of Object.entries(failures)) {
  test(`${name} is a failure`, async () => {
    const library = new Library(fetchGames);
    await library.refresh();
    assert.equal(library.state, 'failed');
  });
}

test('games already shown outlast a failure', async () => {
  const answers = [answer([game('nes', 'a')]), answer([], false)];
  const library = new Library(() => answers.shift()());
  await library.refresh();
  await library.refresh();
  assert.equal(library.state, 'ready');
  assert.equal(library.games.length, 1);
});

test('an answer that was overtaken is dropped', async () => {
  const waiting = [];
  const library = new Library(() => new Promise(resolve => waiting.push(resolve)));
  const refreshes = [library.refresh(), library.refresh()];
  waiting[1]({ok: true, json: async () => [game('nes', 'new')]});
  waiting[0]({ok: true, json: async () => [game('nes', 'old')]});
  await Promise.all(refreshes);
  assert.deepEqual(library.games.map(({name}) => name), ['new']);
});
