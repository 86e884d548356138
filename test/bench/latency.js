// From the key press to the picture that it changed, as a player has it: headless Chromium, loopback, the ROM that
// turns white in the frame after A is pressed. The clock starts at the keydown event's own time stamp and stops when
// requestVideoFrameCallback tells of the first white frame. The phase between the game's 60 Hz and the page's stays as
// it was when a game started, so the presses are spread over several games, and the codecs take turns.
import {setTimeout as delay} from 'node:timers/promises';
import {Browser} from '../e2e/harness/browser.js';
import {Server} from '../e2e/harness/server.js';
import {circumstances, percentiles, row} from './report.js';

const presses = Number(process.argv[2] ?? 60);
const games = 5; // a codec

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

/** @param {Browser} browser  @param {Server} server  @param {string} codec */
async function measure(browser, server, codec) {
  const player = await browser.player(server);
  await player.pick('nes/flash', `?codec=${codec}`);
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

/** @param {Awaited<ReturnType<typeof measure>>[]} rounds  of one codec */
function summary(rounds) {
  const whites = rounds.flatMap(round => round.whites);
  const of = name => percentiles(whites.map(change => change[name]));
  return {
    codec: rounds[0].codec, presses: whites.length, games: rounds.length, ms: of('seen'), presented: of('presented'),
    received: of('received'), decode: of('decode'), videoBuffer: Math.max(...rounds.map(round => round.videoBuffer)),
    ...circumstances(),
  };
}

const server = await Server.start();
const browser = await Browser.start();
try {
  const codecs = ['H264', 'VP8'];
  const rounds = [];
  for (let game = 0; game < games; game++) {
    for (const codec of codecs) rounds.push(await measure(browser, server, codec));
  }
  const results = codecs.map(codec => summary(rounds.filter(round => round.codec === codec)));
  console.log(JSON.stringify(results, null, 2));
  console.log(row('date', 'commit', 'codec', 'p50 ms', 'p90 ms', 'p99 ms', 'load'));
  console.log(row('---', '---', '---', '---', '---', '---', '---'));
  for (const {date, commit, codec, ms, load} of results) {
    console.log(row(date.slice(0, 10), commit, codec, ms.p50, ms.p90, ms.p99, load.toFixed(1)));
  }
} finally {
  await browser.stop();
  await server.stop();
}
