import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Probe} from '../../webroot/js/probe.js';
import {settled} from './fakes.js';

const landmark = worker => ({
  worker, region: '', user: `user-${worker}`, password: `password-${worker}`, fingerprint: 'sha-256 AA:BB',
  candidates: [`candidate:1 1 udp 1 192.0.2.1 4000 typ host`, `candidate:2 1 udp 1 192.0.2.2 4000 typ host`],
});

/** A connection to a landmark, as far as ICE. */
class FakeConnection {
  iceConnectionState = 'new';
  closed = false;
  channels = 0;
  /** What the next reports hold; the last one stays. */
  reports = [[]];

  createDataChannel() {
    this.channels++;
  }

  async createOffer() {
    return {type: 'offer', sdp: ''};
  }

  async setLocalDescription(description) {
    this.local = description;
  }

  async setRemoteDescription(description) {
    this.remote = description;
  }

  async getStats() {
    return new Map((this.reports.length > 1 ? this.reports.shift() : this.reports[0]).map((entry, i) => [i, entry]));
  }

  close() {
    this.closed = true;
  }

  connects() {
    this.iceConnectionState = 'connected';
    this.oniceconnectionstatechange();
  }
}

const pair = (last, all = last, count = 1) => ({
  type: 'candidate-pair', currentRoundTripTime: last, totalRoundTripTime: all, responsesReceived: count,
});

/** Measures while the test is the network; `prepare` gets each connection, in order. */
function measuring(landmarks, prepare = () => {}) {
  /** @type {any[]} */
  const connections = [];
  const probe = new Probe(() => {
    const connection = new FakeConnection();
    prepare(connection, connections.push(connection) - 1);
    return /** @type {any} */ (connection);
  });
  return {connections, result: probe.measure(landmarks)};
}

test('each worker is asked by a connection of its own, with the credentials and addresses of its landmark', async () => {
  const {connections, result} = measuring([landmark('a'), landmark('b')]);
  await settled();
  assert.equal(connections.length, 2);
  const {type, sdp} = connections[1].remote;
  assert.equal(type, 'answer');
  for (const line of ['a=ice-ufrag:user-b', 'a=ice-pwd:password-b', 'a=fingerprint:sha-256 AA:BB', 'a=ice-lite',
    'a=candidate:1 1 udp 1 192.0.2.1 4000 typ host', 'a=candidate:2 1 udp 1 192.0.2.2 4000 typ host']) {
    assert.ok(sdp.split('\r\n').includes(line), line);
  }
  assert.equal(connections[1].channels, 1);
  assert.deepEqual(await result, []);
});

test('the shortest round trip of some looks counts, and then all is closed', async () => {
  const {connections, result} = measuring([landmark('a'), landmark('b')], (connection, index) => {
    connection.reports = index ? [[pair(0.08)]]
      : [[pair(0.03)], [pair(0.031, 0.061, 2), {type: 'transport'}], [pair(0.04, 0.1, 3), pair(0.0124)]];
  });
  await settled();
  for (const connection of connections) connection.connects();
  assert.deepEqual(await result, [{worker: 'a', ms: 12}, {worker: 'b', ms: 80}]);
  assert.ok(connections.every(({closed}) => closed));
});

test('of several checks the mean of those before the last one counts too', async () => {
  const {connections, result} = measuring([landmark('a'), landmark('b')], connection => {
    connection.reports = [[pair(0.05, 0.11, 4)]];
  });
  await settled();
  for (const connection of connections) connection.connects();
  assert.deepEqual((await result)[0], {worker: 'a', ms: 20});
});

test('before 300 ms have passed it ends, whoever has answered by then, and closes the rest', async () => {
  const start = performance.now();
  const {connections, result} = measuring([landmark('near'), landmark('silent')], connection => {
    connection.reports = [[pair(0.005)]];
  });
  await settled();
  connections[0].connects();
  assert.deepEqual(await result, [{worker: 'near', ms: 5}]);
  assert.ok(connections.every(({closed}) => closed));
  const passed = performance.now() - start;
  assert.ok(passed > 270 && passed < 2000, `${passed} ms`);
});

test('a browser whose reports do not tell is timed from outside', async t => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const {connections, result} = measuring([landmark('a'), landmark('b')]);
  await settled();
  now = 42;
  connections[0].connects();
  assert.deepEqual(await result, [{worker: 'a', ms: 42}]);
});

test('where there is no choice nothing is measured', async () => {
  const {connections, result} = measuring([landmark('only')]);
  assert.deepEqual(await result, []);
  assert.equal(connections.length, 0);
});

test('a browser that forbids it measures nothing, without a fuss', async t => {
  const complaints = t.mock.method(console, 'warn', () => {});
  const probe = new Probe(() => { throw new Error('no'); });
  assert.deepEqual(await probe.measure([landmark('a'), landmark('b')]), []);
  assert.equal(complaints.mock.callCount(), 2);
});
