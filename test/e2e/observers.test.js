// Somebody watches over a connection that carries a fraction of the picture. Whoever plays must not notice.
import assert from 'node:assert/strict';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {after, before, test} from 'node:test';
import {Browser} from './harness/browser.js';
import {Network} from './harness/network.js';
import {Server, build} from './harness/server.js';

const seconds = 10;
const longest = 500; // ms of freezes in that time
const tries = 3; // what else this machine does may disturb one, what is wrong with us disturbs all
const thin = 300; // kbit/s; the picture alone has more than 1000

/** @type {Server} */
let server;
/** @type {Network} */
let network;
/** @type {Browser[]} */
const browsers = [];

before(async () => {
  network = await Network.start(['hub', 'player', 'observer'], [['player', 'hub', 2], ['observer', 'hub', 40, thin]]);
  server = await Server.start({
    gamesDirs: [path.join(build, 'cores/games')], host: network.addressOf('hub'), at: network.at('hub'),
  });
  for (const place of ['player', 'observer']) browsers.push(await Browser.start('chromium', network.at(place)));
});

after(async () => {
  for (const browser of browsers) await browser.stop();
  await server?.stop();
  network?.stop();
});

/** What somebody gets in the next seconds. @param {import('./harness/player.js').Player} player */
async function watch(player) {
  const first = await player.stats();
  await delay(1000 * seconds);
  const last = await player.stats();
  const since = (/** @type {keyof typeof first} */ name) => Number(last[name]) - Number(first[name]);
  return {
    fps: since('framesDecoded') / (since('time') / 1000), lost: since('packetsLost'),
    keys: since('keyFrames'), frozen: 1000 * since('freezeTime'),
  };
}

test('a slow observer costs those who play nothing', async t => {
  const [near, far] = browsers;
  const player = await near.player(server);
  await player.play('demo/Comet Party');
  await delay(2000); // what the start costs is not asked for here
  const alone = await watch(player);
  const observer = await far.player(server);
  await observer.join(player);
  network.narrow();
  await delay(2000); // what had been under way is through
  await observer.watchFrames();
  let playing = await watch(player);
  const watching = await observer.pauses();
  for (let i = 1; i < tries && playing.frozen > longest; i++) playing = await watch(player);
  t.diagnostic(JSON.stringify({alone, playing, watching}));
  assert.ok(watching.frames < 0.5 * seconds * playing.fps, 'the observer\'s way is too thin for the picture');
  assert.equal(playing.lost, 0);
  assert.ok(playing.fps > 0.95 * alone.fps, `${playing.fps} pictures a second instead of ${alone.fps}`);
  assert.ok(playing.frozen <= longest, `${playing.frozen} ms frozen`);
});
