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
    await player.page.evaluateOnNewDocument(() => {
      window.connections = 0;
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...settings) {
          super(...settings);
          window.connections++;
        }
      };
    });
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

test('the emulator is killed 20 times: the same connection shows the game going on within a second',
  () => playing(async (server, player) => {
    await player.counts();
    const gaps = [];
    let lost = 0;
    for (let i = 0; i < 20; i++) {
      const {count} = await player.counting();
      const wanted = count + 30 + Math.floor(Math.random() * 120);
      await until(async () => (await player.counting()).count > wanted, 'the game going on');
      const {room, emulator} = server.inUse();
      await player.forgetsStills();
      process.kill(emulator, 'SIGKILL');
      await until(() => server.processesOf('emulator').some(({pid, parent}) => pid !== emulator && parent === room),
        'another emulator');
      const {changes} = await player.counting();
      await until(async () => (await player.counting()).changes > changes + 40, 'its pictures');
      const {longestStill, farthestBack} = await player.counting();
      gaps.push(longestStill);
      lost = Math.max(lost, farthestBack);
    }
    gaps.sort((a, b) => a - b);
    console.log(`killed 20 times: longest still picture p50 ${gaps[10].toFixed(0)} ms, p99 ${gaps[19].toFixed(0)} ms; ` +
      `at most ${lost} frames lost`);
    assert.ok(gaps[10] < 1000, `half of the gaps were over ${gaps[10]} ms`);
    assert.ok(gaps[19] < 3000, `one gap was of ${gaps[19]} ms`); // one may meet a busy moment
    assert.ok(lost <= 60 + 45, `${lost} frames were lost`); // a snapshot a second
    assert.equal(await player.page.evaluate(() => window.connections), 1);
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
