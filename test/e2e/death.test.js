// The server dies: nothing is left behind. What outlives the death of other processes is in survive.test.js.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {Browser} from './harness/browser.js';
import {Server} from './harness/server.js';
import {until} from './harness/until.js';

/** @type {Browser} */
let browser;
before(async () => { browser = await Browser.start(); });
after(() => browser?.stop());

/** @param {(server: Server) => Promise<void>} story */
async function playing(story) {
  const server = await Server.start();
  try {
    const player = await browser.player(server);
    await player.play('nes/counter');
    await story(server);
    await player.leave();
  } finally {
    await server.stop();
  }
}

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
