import assert from 'node:assert/strict';
import {test} from 'node:test';
import {settled} from './fakes.js';
import {outlook, playing, setup} from './session_world.js';

test('the way from the wish to the picture', async () => {
  const {signaling, session, states, peers} = await playing();
  assert.deepEqual(states, ['connecting', 'playing']);
  assert.deepEqual(signaling.sent.map(({type}) => type), ['start', 'answer']);
  assert.equal(signaling.sent[0].game, 'nes/a');
  assert.equal(signaling.sent[1].peer, 'p1');
  assert.equal(session.peer, peers[0]);
  session.leave();
});

test('a room is joined by its id', () => {
  const {signaling, session} = setup();
  session.play({room: 'r9'});
  assert.deepEqual(signaling.sent, [{type: 'join', room: 'r9', peer: ''}]);
  session.leave();
});

test('a wish before the server is there is told when it welcomes', async () => {
  const {signaling, session, states} = setup();
  signaling.ready = false;
  session.play({game: 'nes/a'});
  assert.equal(signaling.hurried, 1);
  assert.deepEqual(signaling.sent, []);
  signaling.welcomes();
  await settled();
  assert.deepEqual(signaling.sent, [{type: 'start', game: 'nes/a', resume: false, ...outlook}]);
  assert.deepEqual(states, ['connecting']);
  session.leave();
});

test('a game is continued where this player left it', async () => {
  const {signaling, session} = setup();
  session.play({game: 'nes/a', resume: true});
  await settled();
  assert.equal(signaling.sent[0].resume, true);
  session.leave();
});

test('who leaves while the way to the machines is measured starts nothing', async () => {
  const {signaling, session} = setup();
  session.play({game: 'nes/a'});
  session.leave();
  await settled();
  assert.deepEqual(signaling.sent.map(({type}) => type), ['leave']);
});

test('a server that is back while the way is measured is asked once', async () => {
  const {signaling, session} = setup();
  session.play({game: 'nes/a'});
  signaling.loses();
  signaling.welcomes();
  await settled();
  assert.deepEqual(signaling.sent.map(({type}) => type), ['start']);
  session.leave();
});

test('candidates go to the peer they are for, both ways', async () => {
  const {signaling, session, peers} = await playing();
  signaling.says({type: 'candidate', peer: 'p0', line: 0, candidate: 'old'});
  signaling.says({type: 'candidate', peer: 'p1', line: 0, candidate: 'new'});
  assert.deepEqual(peers[0].connection.candidates, [{sdpMLineIndex: 0, candidate: 'new'}]);
  peers[0].emit('candidate', {line: 1, candidate: 'mine'});
  assert.deepEqual(signaling.sent.at(-1), {type: 'candidate', peer: 'p1', line: 1, candidate: 'mine'});
  session.leave();
});

test('trouble ends it, with its two sentences', async () => {
  const {signaling, session, states, peers} = await playing();
  const trouble = {code: 'worker-gone', message: 'Gone.', remedy: 'Again.'};
  signaling.says({type: 'failed', trouble});
  assert.deepEqual(states, ['connecting', 'playing', 'failed']);
  assert.equal(session.trouble, trouble);
  assert.ok(peers[0].connection.closed);
  session.play({game: 'nes/a'});
  assert.equal(session.state, 'connecting');
  session.leave();
});

test('a game that ended says farewell', async () => {
  const {signaling, session, states} = await playing();
  signaling.says({type: 'ended', message: 'Bye.'});
  assert.equal(states.at(-1), 'ended');
  assert.equal(session.farewell, 'Bye.');
});

test('what became of saving and loading is told', async () => {
  const {signaling, session} = await playing();
  const told = [];
  session.on('saved', message => told.push(message.slot)).on('loaded', message => told.push(message.slot));
  signaling.says({type: 'gameSaved', slot: '1'});
  signaling.says({type: 'gameLoaded', slot: '2'});
  assert.deepEqual(told, ['1', '2']);
  session.leave();
});

test('who sits at this browser is one of the people of the room', async () => {
  const {signaling, session} = await playing();
  const me = {id: 'me', name: 'Ann', seats: [0], away: false, quality: {}};
  signaling.says({type: 'room', host: 'me', locked: false, listed: false, paused: false, guestsSave: false, people: [{id: 'other'}, me]});
  assert.equal(session.me, me);
  assert.ok(session.isHost);
  session.leave();
  assert.equal(session.me, null);
});

test('a server of another version asks for a reload', () => {
  const {signaling, session} = setup();
  session.play({game: 'nes/a'});
  signaling.welcomes(1);
  assert.equal(session.state, 'failed');
  assert.match(session.trouble.remedy, /[Rr]eload/);
});

test('who left hears nothing more', async () => {
  const {signaling, session, peers, lastType} = await playing();
  session.leave();
  assert.equal(lastType(), 'leave');
  assert.ok(peers[0].connection.closed);
  signaling.says({type: 'failed', trouble: {code: '', message: '', remedy: ''}});
  signaling.says({type: 'offer', peer: 'late', sdp: 'x'});
  assert.equal(session.state, 'idle');
  assert.equal(peers.length, 1);
});
