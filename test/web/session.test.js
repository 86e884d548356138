import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Peer} from '../../webroot/js/peer.js';
import {Session} from '../../webroot/js/session.js';
import {Source} from '../../webroot/js/source.js';
import {FakeConnection, settled} from './fakes.js';

class FakeSignaling extends Source {
  ready = true;
  sent = [];
  hurried = 0;

  send(message) {
    if (this.ready) this.sent.push(message);
    return this.ready;
  }

  hurry() {
    this.hurried++;
  }

  says(message) {
    this.emit('message', message);
  }

  welcomes(version = 3) {
    this.ready = true;
    this.emit('welcome', {type: 'welcome', version, iceServers: [], origin: ''});
  }

  loses() {
    this.ready = false;
    this.emit('lost', undefined);
  }
}

const joined = {type: 'joined', room: 'r1', person: 'me', game: {id: 'nes/a'}};

const outlook = {roundTrips: [{worker: 'w', ms: 5}], region: 'eu', worker: ''};

function setup() {
  const signaling = new FakeSignaling();
  const peers = [];
  const session = new Session(signaling, (id, iceServers) => {
    peers.push(new Peer(id, iceServers, configuration => new FakeConnection(configuration)));
    return peers.at(-1);
  }, {look: async () => outlook});
  const states = [];
  session.on('state', state => states.push(state));
  const lastType = () => signaling.sent.at(-1)?.type;
  return {signaling, peers, session, states, lastType};
}

/** As far as a picture on the screen. */
async function playing() {
  const world = setup();
  world.session.play({game: 'nes/a'});
  await settled();
  world.signaling.says(joined);
  world.signaling.says({type: 'offer', peer: 'p1', sdp: 'x'});
  await settled();
  world.session.shown();
  return world;
}

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

test('a connection that the browser finds broken is replaced at once', async () => {
  const {session, states, peers, lastType} = await playing();
  peers[0].connection.becomes('disconnected');
  assert.equal(lastType(), 'retry');
  assert.ok(peers[0].connection.closed);
  assert.deepEqual(states, ['connecting', 'playing', 'reconnecting']);
  session.leave();
});

test('a connection on which nothing comes any more is replaced', async t => {
  t.mock.timers.enable({apis: ['setInterval', 'setTimeout']});
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const {session, peers, lastType} = await playing();
  let bytes = 0;
  peers[0].connection.getStats = async () => new Map([['in', {type: 'inbound-rtp', bytesReceived: bytes}]]);
  const pass = async ms => {
    now += ms;
    t.mock.timers.tick(ms);
    await settled();
  };
  for (let i = 0; i < 10; i++) {
    bytes += 100;
    await pass(500);
  }
  assert.equal(session.state, 'playing');
  for (let i = 0; i < 5 && session.state === 'playing'; i++) await pass(500);
  assert.equal(lastType(), 'retry');
  assert.equal(now, 7000, 'within two seconds');
  session.leave();
});

test('without the server nothing is tried; its welcome leads back into the room', async () => {
  const {signaling, session, peers} = await playing();
  signaling.loses();
  const before = signaling.sent.length;
  peers[0].connection.becomes('disconnected');
  assert.equal(session.state, 'reconnecting');
  assert.equal(signaling.sent.length, before);
  signaling.welcomes();
  assert.deepEqual(signaling.sent.at(-1), {type: 'join', room: 'r1', peer: ''});
  session.leave();
});

test('a room that closes its end is asked for another connection at once', async () => {
  const {session, states, peers, lastType} = await playing();
  const channel = {label: 'input'};
  peers[0].connection.ondatachannel({channel});
  channel.onclose();
  assert.equal(lastType(), 'retry');
  assert.equal(states.at(-1), 'reconnecting');
  session.leave();
});

test('a failed connection is tried again three times, then it is told why', async () => {
  const {signaling, session, states, peers, lastType} = await playing();
  for (let attempt = 0; attempt < 3; attempt++) {
    peers.at(-1).connection.becomes('failed');
    assert.equal(lastType(), 'retry');
    assert.equal(states.at(-1), 'reconnecting');
    signaling.says({type: 'offer', peer: `again${attempt}`, sdp: 'x'});
    await settled();
  }
  peers.at(-1).connection.becomes('failed');
  assert.equal(states.at(-1), 'failed');
  assert.equal(lastType(), 'leave');
  assert.match(session.trouble.remedy, /UDP/);
  assert.ok(peers.every(peer => peer.connection.closed));
});

test('a picture in between makes the three attempts new', async () => {
  const {signaling, session, peers} = await playing();
  for (let attempt = 0; attempt < 5; attempt++) {
    peers.at(-1).connection.becomes('failed');
    signaling.says({type: 'offer', peer: `again${attempt}`, sdp: 'x'});
    await settled();
    session.shown();
  }
  assert.equal(session.state, 'playing');
  session.leave();
});

test('an offer that the browser refuses is a failed attempt', async t => {
  t.mock.method(console, 'warn', () => {});
  const {signaling, session, lastType} = setup();
  session.on('peer', peer => { peer.connection.refusal = new Error('no'); });
  session.play({game: 'nes/a'});
  signaling.says({type: 'offer', peer: 'p', sdp: 'x'});
  await settled();
  assert.equal(lastType(), 'retry');
  session.leave();
});

test('when the server comes back, the game has gone on by the same connection', async () => {
  const {signaling, session, states, peers} = await playing();
  signaling.loses();
  assert.equal(session.state, 'playing');
  signaling.welcomes();
  assert.deepEqual(signaling.sent.at(-1), {type: 'join', room: 'r1', peer: 'p1'});
  signaling.says(joined);
  await settled();
  assert.equal(peers.length, 1);
  assert.equal(peers[0].connection.closed, false);
  assert.deepEqual(states, ['connecting', 'playing']);
  session.leave();
});

test('a server that lost the connection makes another', async () => {
  const {signaling, session, peers} = await playing();
  signaling.loses();
  signaling.welcomes();
  signaling.says(joined);
  signaling.says({type: 'offer', peer: 'p2', sdp: 'x'});
  await settled();
  session.shown();
  assert.ok(peers[0].connection.closed);
  assert.equal(session.peer, peers[1]);
  session.leave();
});

test('another connection in the middle of play is no error: the game goes on', async () => {
  const {signaling, session, states, peers} = await playing();
  const steps = [];
  session.on('step', step => steps.push(step));
  signaling.says(joined);
  signaling.says({type: 'offer', peer: 'p2', sdp: 'x'});
  await settled();
  assert.equal(session.state, 'reconnecting');
  assert.match(steps.at(-1), /goes on in a moment/);
  session.shown();
  assert.deepEqual(states, ['connecting', 'playing', 'reconnecting', 'playing']);
  assert.equal(session.peer, peers[1]);
  session.leave();
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
