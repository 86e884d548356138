import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Signaling} from '../../webroot/js/signaling.js';
import {FakeSocket} from './fakes.js';

function setup() {
  const sockets = [];
  const waits = [];
  const backoff = {next: () => { waits.push('next'); return 0; }, reset: () => waits.push('reset')};
  const signaling = new Signaling({
    url: 'ws://here/ws', codecs: ['VP8'], backoff,
    createSocket: url => { sockets.push(new FakeSocket(url)); return sockets.at(-1); },
  });
  return {signaling, sockets, waits};
}

const welcome = {type: 'welcome', version: 1, iceServers: []};

test('it greets first and is ready when welcomed', () => {
  const {signaling, sockets} = setup();
  signaling.open();
  sockets[0].onopen();
  assert.deepEqual(sockets[0].sent, [{type: 'hello', version: 3, codecs: ['VP8'], name: '', key: '', tab: ''}]);
  assert.equal(signaling.send({type: 'leave'}), false);
  assert.equal(sockets[0].sent.length, 1, 'nothing else goes out before the welcome');
  sockets[0].says(welcome);
  assert.equal(signaling.send({type: 'leave'}), true);
  assert.deepEqual(sockets[0].sent.at(-1), {type: 'leave'});
});

test('the time from its greeting to the welcome is the way to the server', t => {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  const {signaling, sockets} = setup();
  signaling.open();
  sockets[0].onopen();
  now += 23;
  sockets[0].says(welcome);
  assert.equal(signaling.roundTrip, 23);
  signaling.close();
});

test('a lost connection is made again, and welcomed again', async () => {
  const {signaling, sockets, waits} = setup();
  const told = [];
  signaling.on('welcome', () => told.push('welcome')).on('lost', () => told.push('lost'));
  signaling.open();
  sockets[0].says(welcome);
  sockets[0].onclose();
  assert.equal(signaling.ready, false);
  await new Promise(resolve => setTimeout(resolve, 5));
  assert.equal(sockets.length, 2);
  sockets[1].says(welcome);
  assert.deepEqual(told, ['welcome', 'lost', 'welcome']);
  assert.deepEqual(waits, ['reset', 'next', 'reset']);
  signaling.close();
});

test('once closed it stays so', async () => {
  const {signaling, sockets} = setup();
  signaling.on('lost', () => assert.fail());
  signaling.open();
  signaling.close();
  assert.ok(sockets[0].closed);
  await new Promise(resolve => setTimeout(resolve, 5));
  assert.equal(sockets.length, 1);
});

test('hurrying does not make a second connection beside the first', () => {
  const {signaling, sockets} = setup();
  signaling.open();
  signaling.hurry();
  assert.equal(sockets.length, 1);
});

test('what is not of the protocol is dropped', t => {
  t.mock.method(console, 'warn', () => {});
  const {signaling, sockets} = setup();
  signaling.on('message', () => assert.fail());
  signaling.open();
  sockets[0].says('{"type":"offer","sdp":5}');
  sockets[0].says('nonsense');
});
