import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Peer} from '../../webroot/js/peer.js';
import {FakeConnection} from './fakes.js';

function setup() {
  const peer = new Peer('p', [{urls: ['stun:x'], username: '', credential: ''}], configuration => new FakeConnection(configuration));
  return {peer, connection: /** @type {any} */ (peer.connection)};
}

test('an offer is answered in stereo', async () => {
  const {peer, connection} = setup();
  const answers = [];
  peer.on('answer', sdp => answers.push(sdp));
  await peer.accept('the offer');
  assert.deepEqual(connection.remote, {type: 'offer', sdp: 'the offer'});
  assert.equal(answers.length, 1);
  assert.match(answers[0], /stereo=1/);
  assert.equal(connection.local.sdp, answers[0]);
});

test('candidates that come before the offer is taken in wait for it', async () => {
  const {peer, connection} = setup();
  peer.add({type: 'candidate', peer: 'p', line: 1, candidate: 'candidate:1'});
  assert.deepEqual(connection.candidates, []);
  await peer.accept('x');
  peer.add({type: 'candidate', peer: 'p', line: 0, candidate: 'candidate:2'});
  peer.add({type: 'candidate', peer: 'p', line: 0, candidate: ''});
  assert.deepEqual(connection.candidates,
    [{sdpMLineIndex: 1, candidate: 'candidate:1'}, {sdpMLineIndex: 0, candidate: 'candidate:2'}]);
});

test('own candidates are told, their end is not', () => {
  const {peer, connection} = setup();
  const told = [];
  peer.on('candidate', candidate => told.push(candidate));
  connection.onicecandidate({candidate: {sdpMLineIndex: 2, candidate: 'candidate:3'}});
  connection.onicecandidate({candidate: {sdpMLineIndex: 2, candidate: ''}});
  connection.onicecandidate({candidate: null});
  assert.deepEqual(told, [{line: 2, candidate: 'candidate:3'}]);
});

test('picture and sound are told apart, and the picture is not held back', () => {
  const {peer, connection} = setup();
  const told = [];
  peer.on('video', track => told.push(track)).on('audio', track => told.push(track));
  const [picture, sound] = [{kind: 'video'}, {kind: 'audio'}];
  const receiver = {jitterBufferTarget: null};
  connection.ontrack({track: picture, receiver});
  connection.ontrack({track: sound, receiver: {jitterBufferTarget: null}});
  assert.deepEqual(told, [picture, sound]);
  assert.equal(receiver.jitterBufferTarget, 0);
});

test('only the channel for input is taken', () => {
  const {peer, connection} = setup();
  const told = [];
  peer.on('input', channel => told.push(channel.label));
  connection.ondatachannel({channel: {label: 'other'}});
  connection.ondatachannel({channel: {label: 'input'}});
  assert.deepEqual(told, ['input']);
});

test('after close nothing is told any more', () => {
  const {peer, connection} = setup();
  const channel = {label: 'input', onclose: null};
  connection.ondatachannel({channel});
  peer.on('state', () => assert.fail());
  peer.close();
  connection.becomes('closed');
  assert.equal(channel.onclose, null);
  assert.ok(connection.closed);
});
