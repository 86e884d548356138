// The admin page's modules: how numbers read, and what is said to the server.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Client} from '../../webroot/js/admin/client.js';
import {bitrate, count, duration, memory, milliseconds, percent} from '../../webroot/js/admin/format.js';
import {Refusal} from '../../webroot/js/refusal.js';

test('numbers read as people write them, and what is not known is a dash', () => {
  assert.equal(percent(0.256), '26 %');
  assert.equal(memory(300.4), '300 MiB');
  assert.equal(memory(2560), '2.5 GiB');
  assert.equal(milliseconds(1.26), '1.3 ms');
  assert.equal(milliseconds(31.7), '32 ms');
  assert.equal(milliseconds(-1), '–');
  assert.equal(bitrate(640e3), '640 kbit/s');
  assert.equal(bitrate(4.04e6), '4.0 Mbit/s');
  assert.equal(bitrate(-1), '–');
  assert.equal(duration(59.9), '59 s');
  assert.equal(duration(61), '1 min');
  assert.equal(duration(3 * 3600 + 120), '3 h 2 min');
  assert.equal(count(1, 'player'), '1 player');
  assert.equal(count(0, 'player'), '0 players');
});

/** A server that answers everything alike, and remembers what it was asked. */
function server(status, body) {
  const asked = [];
  const client = new Client(async (path, given) => {
    asked.push({path, ...given});
    return new Response(JSON.stringify(body), {status});
  });
  client.token = 'secret';
  return {asked, client};
}

test('every request carries the token', async () => {
  const {asked, client} = server(200, {workers: [], rooms: []});
  assert.deepEqual(await client.view(), {workers: [], rooms: []});
  await client.drain('1', true);
  await client.message('', 'hello');
  for (const {headers} of asked) assert.equal(headers.Authorization, 'Bearer secret');
  assert.deepEqual(asked.map(({path}) => path), ['/api/admin', '/api/admin/drain', '/api/admin/message']);
  assert.deepEqual(JSON.parse(asked[1].body), {worker: '1', on: true});
  assert.equal(asked[1].headers['Content-Type'], 'application/json');
});

test('a refusal is told in the words of the server', async () => {
  const {client} = server(429, {code: 'too-many-attempts', message: 'Too many.', remedy: 'Wait.'});
  await assert.rejects(client.close('x'), error =>
    error instanceof Refusal && error.code === 'too-many-attempts' && error.message === 'Too many.' && error.remedy === 'Wait.');
});

test('no answer, and one that makes no sense, is a server that is not there', async () => {
  const gone = new Client(async () => { throw new TypeError('refused'); });
  const proxy = new Client(async () => new Response('<html>', {status: 502}));
  for (const client of [gone, proxy]) {
    await assert.rejects(client.view(), error => error instanceof Refusal && error.code === 'unreachable');
  }
});
