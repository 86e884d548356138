// What the page says of its latency is what somebody sees who looks at its keys and its pixels; and it is told further.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {stage} from './harness/stage.js';
import {until} from './harness/until.js';

const folder = mkdtempSync(path.join(tmpdir(), 'cloudretro-latency-'));
const token = 'a token of thirty-two characters or more';
writeFileSync(path.join(folder, 'token'), token);
after(() => rmSync(folder, {recursive: true}));
const on = stage({server: {args: ['--admin-token-file', path.join(folder, 'token')]}});
const presses = 20;
const parts = ['network', 'waiting', 'emulation', 'encoding', 'delivery', 'decoding', 'display'];

/** Runs in the page: when each key event happened, and when the picture that it changed is on the screen. */
function watch() {
  const video = document.querySelector('#screen video');
  const pen = new OffscreenCanvas(2, 2).getContext('2d', {willReadFrequently: true});
  let keyAt = 0;
  let white = false;
  window.seen = [];
  for (const type of ['keydown', 'keyup']) {
    window.addEventListener(type, event => {
      if (event.code === 'KeyX' && !event.repeat) keyAt = event.timeStamp;
    }, {capture: true});
  }
  const look = (_, frame) => {
    pen.drawImage(video, 0, 0, 2, 2);
    const isWhite = pen.getImageData(0, 0, 1, 1).data[1] > 128;
    if (isWhite !== white) {
      white = isWhite;
      window.seen.push({took: frame.expectedDisplayTime - keyAt, rtpTimestamp: frame.rtpTimestamp});
    }
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

for (const [codec, query] of [['H264', ''], ['VP8', '?codec=VP8']]) {
  test(`with ${codec}, the page's latency is what its keys and pixels show, and its parts add up`, async t => {
    const player = await on.player();
    await player.pick('nes/flash', query);
    await player.page.evaluate(watch);
    let changes = 0;
    const change = () => player.page.waitForFunction(n => window.seen.length > n, {polling: 5}, changes++);
    for (let i = 0; i < presses; i++) {
      await player.press('KeyX');
      await change();
      await player.release('KeyX');
      await change();
    }
    const measured = await player.page.waitForFunction(
      () => window.cloudretro.inputs.length > 0.8 * window.seen.length && window.cloudretro.inputs, {polling: 50});
    const inputs = await measured.jsonValue();
    const seen = await player.page.evaluate(() => window.seen);
    const own = inputs.map(({total}) => total);
    const outside = seen.map(({took}) => took);
    t.diagnostic(`page ${median(own).toFixed(1)} ms, outside ${median(outside).toFixed(1)} ms; ` +
      parts.map(part => `${part} ${median(inputs.map(input => input.parts[part])).toFixed(2)}`).join(', '));

    assert.ok(Math.abs(median(own) - median(outside)) < 4, `${median(own)} ms against ${median(outside)} ms`);
    const close = own.filter(total => outside.some(took => Math.abs(took - total) < 0.5));
    assert.ok(close.length > 0.8 * own.length, `${close.length} of ${own.length} are those of a picture that changed`);
    for (const {total, parts: split} of inputs) {
      assert.deepEqual(Object.keys(split), parts);
      assert.ok(Math.abs(Object.values(split).reduce((a, b) => a + b) - total) < 0.01);
      for (const part of parts) assert.ok(split[part] >= 0, `${part}: ${split[part]}`);
    }
    const waiting = inputs.map(input => input.parts.waiting);
    assert.ok(median(waiting) < 20, 'no longer than a frame of the game');
    assert.ok(Math.max(...waiting) > 1, 'and not never');
    for (const part of ['emulation', 'encoding']) assert.ok(median(inputs.map(input => input.parts[part])) > 0.05, part);
    assert.deepEqual(player.complaints, []);
  });
}

test('the latency reaches /metrics and /api/admin, with the version and the sandbox of the worker', async () => {
  const player = await on.player();
  await player.play('nes/flash');
  for (let i = 0; i < 5; i++) {
    await player.press('KeyX');
    await player.seesColour('white');
    await player.release('KeyX');
    await player.seesColour('dark');
  }
  const view = await until(async () => {
    const admin = await (await fetch(`${on.server.url}/api/admin`, {headers: {Authorization: `Bearer ${token}`}})).json();
    return admin.rooms.some(room => room.players.some(({latency}) => latency > 0)) && admin;
  }, 'a latency in /api/admin');
  const room = view.rooms.find(({latency}) => latency > 0);
  assert.ok(room.latency < 1000 && room.slowLatency >= room.latency);
  const [worker] = view.workers;
  assert.match(worker.version, /^\d+\.\d+\.\d+$/);
  assert.ok(worker.sandbox.length > 0);

  const text = await (await fetch(`${on.server.url}/metrics`)).text();
  const value = name => Number(text.match(new RegExp(`^cloudretro_${name}(?:{[^}]*})? (\\S+)$`, 'm'))?.[1]);
  assert.ok(value('input_to_picture_seconds_count') >= 5);
  assert.ok(value('input_to_picture_seconds_sum') > 0);
  assert.ok(value('input_part_seconds_total') >= 0);
  assert.ok(Math.abs(value('room_input_to_picture_median_seconds') - room.latency / 1000) < 0.1);
  assert.ok(!text.includes(player.path.split('/').pop()), 'no secret of a room');
});

test('the numbers show it, and say what they are', async () => {
  const player = await on.player();
  await player.play('nes/flash');
  await player.page.keyboard.press('Backslash');
  await player.page.waitForSelector('.stats .latency', {visible: true});
  await player.page.waitForFunction(() => document.querySelector('.latency .remark').textContent === 'Press a button');
  await player.press('KeyX');
  await player.page.waitForFunction(() => /^\d+\.\d ms$/.test(document.querySelector('.latency b').textContent));
  const label = await player.page.$eval('.latency svg', graph => graph.getAttribute('aria-label'));
  assert.match(label, /^The last \d+ inputs?: \d+ to \d+ ms/);
  await player.release('KeyX');
});
