// Connections that break under a game, and what a session does about it.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {settled} from './fakes.js';
import {joined, playing, setup} from './session_world.js';

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
