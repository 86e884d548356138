// Saving, loading and rewinding in a room: who may, what is asked for, and that what is said is true.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Saving} from '../../webroot/js/saving.js';
import {Source} from '../../webroot/js/source.js';

const good = {code: '', message: '', remedy: ''};
const person = (id, seats) => ({id, name: id.toUpperCase(), seats, away: false, quality: {}});

class FakeSession extends Source {
  state = 'playing';
  active = true;
  joined = {person: 'me'};
  room = null;
  ready = true;
  sent = [];

  say(message) {
    if (this.ready) this.sent.push(message);
    return this.ready;
  }
}

/** In a room with somebody else. */
function setup({host = 'me', guestsSave = false, seats = [0]} = {}) {
  const session = new FakeSession();
  const said = [];
  const saving = new Saving(session).on('say', saying => said.push(saying));
  session.room = {host, guestsSave, people: [person('me', seats), person('ann', [1])]};
  session.emit('room', session.room);
  return {session, said, saving, texts: () => said.map(({text}) => text)};
}

const saved = (given = {}) => ({type: 'gameSaved', slot: '1', sequence: 1, person: 'me', trouble: good, ...given});
const loaded = (given = {}) => ({type: 'gameLoaded', slot: '1', person: 'me', trouble: good, ...given});

test('saved is said when it is stored, not before', t => {
  t.mock.timers.enable({apis: ['setTimeout']});
  const {session, saving, texts} = setup();
  saving.save();
  assert.deepEqual(session.sent, [{type: 'saveGame', slot: '1', name: ''}]);
  assert.deepEqual(texts(), ['Saving…']);
  session.emit('saved', saved());
  assert.deepEqual(texts(), ['Saving…', 'Saved in slot 1']);
  t.mock.timers.tick(60_000);
  assert.equal(texts().length, 2);
});

test('trouble is told with its remedy', t => {
  t.mock.timers.enable({apis: ['setTimeout']});
  const {session, saving, texts} = setup();
  saving.save('3');
  session.emit('saved', saved({slot: '3', trouble: {code: 'x', message: 'The disk is full.', remedy: 'Empty it.'}}));
  assert.equal(texts().at(-1), 'The game was not saved. The disk is full. Empty it.');
});

test('no answer is no success', t => {
  t.mock.timers.enable({apis: ['setTimeout']});
  const {saving, texts} = setup();
  saving.save();
  t.mock.timers.tick(30_000);
  assert.match(texts().at(-1), /not saved/);
});

test('without the server nothing is promised', () => {
  const {session, saving, texts} = setup();
  session.ready = false;
  saving.save();
  assert.deepEqual(texts(), ['The server does not answer; try again in a moment.']);
});

test('who saved and loaded is named, unless one did it oneself', () => {
  const {session, texts} = setup();
  session.emit('saved', saved({person: 'ann'}));
  session.emit('loaded', loaded({person: 'ann', slot: 'auto'}));
  session.emit('loaded', loaded({person: 'ann', slot: ''}));
  session.emit('loaded', loaded({person: 'gone'}));
  assert.deepEqual(texts(), ['ANN saved in slot 1', 'ANN loaded the automatic save', 'ANN undid the load', 'Somebody loaded slot 1']);
});

test('the automatic save is made in silence', () => {
  const {session, texts} = setup();
  session.emit('saved', saved({slot: 'auto', person: ''}));
  assert.deepEqual(texts(), []);
});

test('a load can be undone', t => {
  t.mock.timers.enable({apis: ['setTimeout']});
  const {session, saving, said} = setup();
  saving.load('2', 7);
  assert.deepEqual(session.sent.at(-1), {type: 'loadGame', slot: '2', sequence: 7});
  session.emit('loaded', loaded({slot: '2'}));
  assert.deepEqual([said.at(-1).text, said.at(-1).action], ['Loaded slot 2', {name: 'undo-load', label: 'Undo'}]);
  saving.undo();
  assert.deepEqual(session.sent.at(-1), {type: 'undoLoad'});
  session.emit('loaded', loaded({slot: ''}));
  assert.deepEqual([said.at(-1).text, said.at(-1).action], ['Back to before the load', undefined]);
});

const refusals = {
  'a guest whose host keeps saving to themselves': [{host: 'ann'}, /Only the host/],
  'a watcher, even where guests save': [{host: 'ann', guestsSave: true, seats: []}, /controller/],
};
for (const [who, [given, why]] of Object.entries(refusals)) {
  test(`${who} is told why`, () => {
    const {session, saving, texts} = setup(given);
    saving.save();
    saving.load();
    saving.undo();
    saving.rewind(true);
    assert.deepEqual(session.sent, []);
    assert.equal(texts().length, 4);
    for (const text of texts()) assert.match(text, why);
  });
}

test('a guest saves where the host allows it', () => {
  const {session, saving} = setup({host: 'ann', guestsSave: true});
  saving.save();
  assert.equal(session.sent.length, 1);
});

test('rewinding is told once each way, and ends with the right to it', () => {
  const {session, saving} = setup({host: 'ann', guestsSave: true});
  const told = [];
  saving.on('rewinding', on => told.push(on)).on('rights', why => told.push(why));
  saving.rewind(true);
  saving.rewind(true);
  session.room = {...session.room, guestsSave: false};
  session.emit('room', session.room);
  saving.rewind(false);
  assert.deepEqual(session.sent, [{type: 'rewind', on: true}, {type: 'rewind', on: false}]);
  assert.deepEqual(told.slice(0, 2), [true, false]);
  assert.match(told[2], /Only the host/);
});
