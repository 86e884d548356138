// Between players and server only two ports are open: one for pages, TCP, and one for everything else, UDP.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {Browser} from './harness/browser.js';
import {Network} from './harness/network.js';
import {Server} from './harness/server.js';
import {until} from './harness/until.js';

const mediaPort = 40123;
const others = 7; // beside the host

/** @type {Network} */
let network;
/** @type {Server} */
let server;
/** @type {Browser} */
let browser;

before(async () => {
  network = await Network.start(['hub', 'player'], [['player', 'hub', 2, 0, mediaPort]]);
  server = await Server.start({
    host: network.addressOf('hub'), at: network.at('hub'), args: ['--media-port', String(mediaPort)],
  });
  browser = await Browser.start('chromium', network.at('player'));
});

after(async () => {
  await browser?.stop();
  await server?.stop();
  network?.stop();
});

/** Everybody sees whether the first presses A. @param {import('./harness/player.js').Player[]} players */
async function playTogether(players) {
  const [host] = players;
  for (const [colour, act] of /** @type {const} */ ([['white', 'press'], ['dark', 'release']])) {
    await host.page.bringToFront();
    await host[act]('KeyX');
    for (const player of players) {
      await player.page.bringToFront();
      await player.seesColour(colour);
    }
  }
}

test('eight browsers play through one UDP port', async () => {
  const host = await browser.player(server);
  await host.play('nes/flash');
  const everybody = [host];
  for (let i = 0; i < others; i++) {
    const guest = await browser.player(server);
    await guest.join(host);
    everybody.push(guest);
  }
  await playTogether(everybody);
  for (const player of everybody) await player.leave();
});

test('a game goes on when the process that serves the port is killed', async () => {
  const player = await browser.player(server);
  await player.play('nes/flash');
  await playTogether([player]);
  const [relay] = server.processesOf('relay');
  process.kill(relay.pid, 'SIGKILL');
  await until(() => server.processesOf('relay').some(({pid}) => pid !== relay.pid), 'another process for the port');
  await playTogether([player]);
  assert.equal(server.processesOf('relay').length, 1);
  await player.leave();
});
