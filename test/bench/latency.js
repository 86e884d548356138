// From the key press to the picture that it changed, as a player has it: headless Chromium, loopback, the ROM that
// turns white in the frame after A is pressed, and the one that takes two frames longer. The clock starts at the keydown
// event's own time stamp and stops when requestVideoFrameCallback tells of the first white frame. The phase between the
// game's 60 Hz and the page's stays as it was when a game started, so the presses are spread over several games, and
// what is compared takes turns: codecs, early frames, run-ahead.
import {setTimeout as delay} from 'node:timers/promises';
import {Browser} from '../e2e/harness/browser.js';
import {Server} from '../e2e/harness/server.js';
import {circumstances, percentiles, row} from './report.js';

const presses = Number(process.argv[2] ?? 60);
const games = 5; // of each kind
const aheadOf = frames => ['--run-ahead', `nes/flash-lag=${frames}`];

const kinds = [
  {game: 'nes/flash', codec: 'H264', early: false, ahead: 0},
  {game: 'nes/flash', codec: 'H264', early: true, ahead: 0},
  {game: 'nes/flash', codec: 'VP8', early: false, ahead: 0},
  {game: 'nes/flash', codec: 'VP8', early: true, ahead: 0},
  {game: 'nes/flash-lag', codec: 'H264', early: false, ahead: 0},
  {game: 'nes/flash-lag', codec: 'H264', early: false, ahead: 2},
  {game: 'nes/flash-lag', codec: 'H264', early: true, ahead: 0},
  {game: 'nes/flash-lag', codec: 'H264', early: true, ahead: 2},
];

/** Runs in the page: remembers when A was pressed, and when each change of the picture was shown. */
function watch() {
  const video = document.querySelector('#screen video');
  const pen = new OffscreenCanvas(2, 2).getContext('2d', {willReadFrequently: true});
  let pressedAt = 0;
  let white = false;
  window.changes = [];
  window.addEventListener('keydown', event => {
    if (event.code === 'KeyX' && !event.repeat) pressedAt = event.timeStamp;
  }, {capture: true});
  const look = (now, frame) => {
    const seenAt = performance.now();
    pen.drawImage(video, 0, 0, 2, 2);
    const isWhite = pen.getImageData(0, 0, 1, 1).data[1] > 128;
    if (isWhite !== white) {
      white = isWhite;
      window.changes.push({
        white, seen: seenAt - pressedAt, presented: frame.presentationTime - pressedAt,
        received: frame.receiveTime - pressedAt, decode: 1000 * (frame.processingDuration ?? 0),
      });
    }
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}

/** @param {Browser} browser  @param {Server} server  @param {{game: string, codec: string}} kind */
async function measure(browser, server, {game, codec}) {
  const player = await browser.player(server);
  await player.pick(game, `?codec=${codec}`);
  await player.page.evaluate(watch);
  await delay(2000); // the browser's decoder and jitter buffer settle

  let count = 0;
  const change = async () => {
    await player.page.waitForFunction(n => window.changes.length > n, {polling: 5}, count++);
  };
  for (let i = 0; i < presses / games; i++) {
    await player.press('KeyX');
    await change();
    await player.release('KeyX');
    await change();
    await delay(50 + 50 * Math.random()); // any phase of the game's frame is as likely as another
  }
  const whites = (await player.page.evaluate(() => window.changes)).filter(change => change.white);
  const stats = await player.stats();
  await player.leave();
  return {codec: stats.codec, whites, videoBuffer: 1000 * stats.totals.videoDelay / stats.totals.videoEmitted};
}

/** @param {typeof kinds[0]} kind  @param {Awaited<ReturnType<typeof measure>>[]} rounds */
function summary(kind, rounds) {
  const whites = rounds.flatMap(round => round.whites);
  const of = name => percentiles(whites.map(change => change[name]));
  return {
    ...kind, codec: rounds[0].codec, presses: whites.length, games: rounds.length, ms: of('seen'),
    presented: of('presented'), received: of('received'), decode: of('decode'),
    videoBuffer: Math.max(...rounds.map(round => round.videoBuffer)), ...circumstances(),
  };
}

/** @param {{early: boolean, ahead: number}} kind  that the server makes */
const serverKey = ({early, ahead}) => `${early} ${ahead}`;

/** @type {Map<string, Server>} */
const servers = new Map();
for (const kind of kinds) {
  if (servers.has(serverKey(kind))) continue;
  const args = ['--early-frames', kind.early ? 'auto' : 'off', ...aheadOf(kind.ahead)];
  servers.set(serverKey(kind), await Server.start({args}));
}
const browser = await Browser.start();
try {
  const rounds = kinds.map(() => []);
  for (let game = 0; game < games; game++) {
    for (const [i, kind] of kinds.entries()) rounds[i].push(await measure(browser, servers.get(serverKey(kind)), kind));
  }
  const results = kinds.map((kind, i) => summary(kind, rounds[i]));
  console.log(JSON.stringify(results, null, 2));
  console.log(row('date', 'commit', 'game', 'codec', 'early frames', 'run-ahead', 'p50 ms', 'p90 ms', 'p99 ms',
    'received p50', 'load'));
  console.log(row(...Array(11).fill('---')));
  for (const {date, commit, game, codec, early, ahead, ms, received, load} of results) {
    console.log(row(date.slice(0, 10), commit, game, codec, early ? 'on' : 'off', ahead, ms.p50, ms.p90, ms.p99,
      received.p50, load.toFixed(1)));
  }
} finally {
  await browser.stop();
  for (const server of servers.values()) await server.stop();
}
