// Processes that die: what the player is told, and what is left behind.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {Browser} from './harness/browser.js';
import {Server} from './harness/server.js';
import {until} from './harness/until.js';

/** @type {Browser} */
let browser;
before(async () => { browser = await Browser.start(); });
after(() => browser?.stop());

/** @param {(server: Server, player: import('./harness/player.js').Player) => Promise<void>} story */
async function playing(story) {
  const server = await Server.start();
  try {
    const player = await browser.player(server);
    await player.play('nes/counter');
    await story(server, player);
    await player.leave();
  } finally {
    await server.stop();
  }
}

test('the worker is killed: the player is told, and its rooms end with it', () => playing(async (server, player) => {
  const children = [...server.processesOf('room'), ...server.processesOf('emulator')].map(({pid}) => pid);
  const [worker] = server.processesOf('worker');
  process.kill(worker.pid, 'SIGKILL');
  const {cause, remedy} = await player.trouble();
  assert.match(cause, /machine|worker/);
  assert.match(remedy, /again/);
  await until(() => !server.processes().some(({pid}) => children.includes(pid)), 'the end of its rooms', {seconds: 5});
  await until(() => server.processesOf('worker').length === 1, 'another worker');
  const other = await browser.player(server);
  await other.play('nes/flash');
  await other.leave();
}));

test('the room is killed: the player is told', () => playing(async (server, player) => {
  process.kill(server.inUse().room, 'SIGKILL');
  const {cause, remedy} = await player.trouble();
  assert.ok(cause && remedy);
}));

test('the emulator is killed: the player is told', () => playing(async (server, player) => {
  process.kill(server.inUse().emulator, 'SIGKILL');
  const {cause, remedy} = await player.trouble();
  assert.ok(cause && remedy);
}));

test('the server is killed outright: no child outlives it', () => playing(async server => {
  server.process.kill('SIGKILL');
  await until(() => server.processes().length === 0, 'the end of its children', {seconds: 5});
}));

for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
  test(`${signal} ends everything within two seconds while a game runs`, () => playing(async server => {
    const start = performance.now();
    server.process.kill(signal);
    await until(() => server.processes().length === 0, 'the end of all processes', {seconds: 10});
    const seconds = (performance.now() - start) / 1000;
    assert.ok(seconds < 2, `it took ${seconds} s`);
  }));
}
