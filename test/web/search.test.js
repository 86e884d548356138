import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fold, search} from '../../webroot/js/search.js';

const game = (system, systemName, name) => ({id: `${system}/${name}`, system, systemName, name, seats: 2, playable: true});
const games = [
  game('gb', 'Game Boy', 'Castle of Mario'),
  game('snes', 'Super Nintendo', 'Pokémon Élan'),
  game('nes', 'Nintendo Entertainment System', 'Mario Paint'),
  game('nes', 'Nintendo Entertainment System', 'Straße'),
];
const names = (query, system) => search(games, query, system).map(({name}) => name);

test('nothing typed finds all, in their order', () => assert.deepEqual(search(games, '  '), games));
test('case and accents do not matter', () => assert.deepEqual(names('POKEMON elan'), ['Pokémon Élan']));
test('accents typed find plain names', () => assert.deepEqual(names('pâint'), ['Mario Paint']));
test('each word is looked for anywhere', () => assert.deepEqual(names('mario castle'), ['Castle of Mario']));
test('names that begin with it come first', () => assert.deepEqual(names('mario'), ['Mario Paint', 'Castle of Mario']));
test('the system counts, too', () => assert.deepEqual(names('game boy'), ['Castle of Mario']));
test('a system narrows', () => assert.deepEqual(names('mario', 'nes'), ['Mario Paint']));
test('what is not there is not found', () => assert.deepEqual(names('zelda'), []));
test('no letter is special', () => assert.deepEqual(names('.*'), []));
test('full-width letters fold', () => assert.equal(fold('ＡＢＣ'), 'abc'));

test('5,000 games are searched in less than a frame', () => {
  const many = Array.from({length: 5000}, (_, i) => game('nes', 'Nintendo', `Gáme ${i} of many`));
  search(many, 'warm');
  const start = performance.now();
  assert.equal(search(many, 'game 4999').length, 1);
  assert.ok(performance.now() - start < 50);
});
