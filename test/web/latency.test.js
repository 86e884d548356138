// From an input to its picture: what is made of what the room and the browser tell.
import assert from 'node:assert/strict';
import {webcrypto as crypto} from 'node:crypto';
import {test} from 'node:test';
import {decodeFeedback} from '../../webroot/js/latency/feedback_packet.js';
import {inputParts, LatencyMeter, summary} from '../../webroot/js/latency/meter.js';
import {sparkline} from '../../webroot/js/latency/sparkline.js';
import {LatencyWatch} from '../../webroot/js/latency/watch.js';

/** A packet as include/cloudretro/feedback.hpp has it. */
function packet({version = 1, pad = 0, waited = 0xffff, sequence = 0, rtpTimestamp = 0, emulated = 0, encoded = 0, bytes = 16}) {
  const view = new DataView(new ArrayBuffer(Math.max(16, bytes)));
  view.setUint8(0, version);
  view.setUint8(1, pad);
  view.setUint16(2, waited, true);
  view.setUint32(4, sequence, true);
  view.setUint32(8, rtpTimestamp, true);
  view.setUint16(12, emulated, true);
  view.setUint16(14, encoded, true);
  return view.buffer.slice(0, bytes);
}

test('a packet of the room is read, in milliseconds', () => {
  const read = decodeFeedback(packet({pad: 3, waited: 812, sequence: 4e9, rtpTimestamp: 0xfedcba98, emulated: 90, encoded: 0xfffe}));
  near(read, {pad: 3, waited: 8.12, sequence: 4e9, rtpTimestamp: 0xfedcba98, emulated: 0.9, encoded: 655.34});
  assert.equal(decodeFeedback(packet({})).waited, null);
});

test('what is no packet of the room is nothing', () => {
  for (const data of ['text', null, new Uint8Array(16), packet({bytes: 15}), packet({bytes: 17}), packet({bytes: 0}), packet({version: 2})]) {
    assert.equal(decodeFeedback(data), null);
  }
});

const feedback = more => ({pad: 0, sequence: 1, rtpTimestamp: 9000, waited: 8, emulated: 1, encoded: 2, ...more});
const shown = more => ({rtpTimestamp: 9000, receiveTime: 1014, processingDuration: 0.002, expectedDisplayTime: 1025, ...more});

/** Pressed at 1000, sent at once, heard of at 1013: 2 ms on the way there and back. */
function pressed(meter, more = {}) {
  meter.sent({pad: 0, sequence: 1, at: 1000, sentAt: 1000, ...more});
}

const near = (actual, expected) => {
  for (const [name, value] of Object.entries(expected)) assert.ok(Math.abs(actual[name] - value) < 1e-6, `${name}: ${actual[name]}`);
};

test('an input is followed to its picture, and the parts add up', () => {
  const meter = new LatencyMeter();
  meter.buffer = 3;
  pressed(meter);
  assert.ok(meter.awaits(1001));
  meter.heard(feedback({}), 1013);
  meter.presented(shown({rtpTimestamp: 7500}));
  assert.equal(meter.recent.length, 0, 'the picture before it shows nothing new');
  meter.presented(shown({}));
  assert.equal(meter.recent.length, 1);
  const [{total, parts}] = meter.recent;
  assert.equal(total, 25);
  near(parts, {network: 1, waiting: 8, emulation: 1, encoding: 2, delivery: 2 + 3, decoding: 2, display: 6});
  assert.ok(Math.abs(Object.values(parts).reduce((a, b) => a + b) - total) < 1e-6);
  assert.ok(!meter.awaits(1026));
});

test('a picture that came before the word of it counts as well, and so does the next when it was skipped', () => {
  for (const rtpTimestamp of [9000, 10500]) {
    const meter = new LatencyMeter();
    pressed(meter);
    meter.presented(shown({rtpTimestamp}));
    meter.presented(shown({rtpTimestamp: rtpTimestamp + 1500, expectedDisplayTime: 1040}));
    meter.heard(feedback({}), 1013);
    assert.equal(meter.recent[0]?.total, 25);
  }
});

test('time stamps of pictures wrap', () => {
  const meter = new LatencyMeter();
  pressed(meter);
  meter.heard(feedback({rtpTimestamp: 0xfffffff0}), 1013);
  meter.presented(shown({rtpTimestamp: 0xffffff00}));
  assert.equal(meter.recent.length, 0);
  meter.presented(shown({rtpTimestamp: 0x100}));
  assert.equal(meter.recent.length, 1);
});

test('the shortest of the round trips counts: longer ones tell how busy somebody was', () => {
  const meter = new LatencyMeter();
  pressed(meter);
  meter.heard(feedback({}), 1013);
  meter.presented(shown({}));
  pressed(meter, {sequence: 2, at: 2000, sentAt: 2000});
  meter.heard(feedback({sequence: 2, rtpTimestamp: 18000}), 2061);
  meter.presented(shown({rtpTimestamp: 18000, receiveTime: 2014, expectedDisplayTime: 2025}));
  near(meter.recent[1].parts, {network: 1, delivery: 2});
});

test('where parts overlap, the guessed one gives way, and the sum stays', () => {
  const meter = new LatencyMeter();
  pressed(meter);
  meter.heard(feedback({}), 1019); // a round trip of 8, so 4 to the room, but the picture was here after 12
  meter.presented(shown({receiveTime: 1012}));
  near(meter.recent[0].parts, {network: 1, delivery: 0});
  assert.equal(Object.values(meter.recent[0].parts).reduce((a, b) => a + b), 25);
  pressed(meter, {sequence: 2});
  meter.heard(feedback({sequence: 2}), 1013);
  assert.equal(meter.recent.length, 2);
});

test('an input that was overtaken is not measured, and none waits for ever', () => {
  const meter = new LatencyMeter();
  pressed(meter);
  pressed(meter, {sequence: 2, at: 1004, sentAt: 1004});
  pressed(meter, {sequence: 7, pad: 1});
  meter.heard(feedback({sequence: 2, waited: 4}), 1013);
  meter.presented(shown({}));
  assert.equal(meter.recent.length, 1);
  assert.equal(meter.recent[0].total, 21);
  assert.ok(meter.awaits(1100), 'of the other pad');
  assert.ok(!meter.awaits(2001));
});

test('words of other inputs, and a second word of the same, change nothing', () => {
  const meter = new LatencyMeter();
  pressed(meter);
  meter.heard(feedback({pad: 1}), 1010);
  meter.heard(feedback({sequence: 5}), 1010);
  meter.heard(feedback({waited: null}), 1010);
  meter.presented(shown({rtpTimestamp: 20000}));
  assert.equal(meter.recent.length, 0);
  assert.deepEqual(meter.room, {emulation: 1, encoding: 2});
  meter.heard(feedback({}), 1013);
  meter.heard(feedback({}), 1013);
  assert.equal(meter.recent.length, 1);
});

test('the server is told what is new, bounded and rounded, and the parts in their order', () => {
  const meter = new LatencyMeter();
  assert.deepEqual(meter.take(), {samples: [], means: []});
  for (let i = 1; i <= 100; i++) {
    pressed(meter, {sequence: i});
    meter.heard(feedback({sequence: i}), 1013);
    meter.presented(shown({expectedDisplayTime: 1025.01}));
  }
  const {samples, means} = meter.take();
  assert.equal(samples.length, 64);
  assert.equal(samples[0], 25);
  assert.equal(means.length, inputParts.length);
  assert.deepEqual(means.slice(0, 4), [1, 8, 1, 2]);
  assert.deepEqual(meter.take().samples, []);
});

test('a browser that does not tell which picture it shows has the parts up to there', () => {
  const meter = new LatencyMeter();
  meter.presented({expectedDisplayTime: 5});
  pressed(meter);
  meter.heard(feedback({}), 1013);
  assert.equal(meter.complete, false);
  near(meter.partial, {network: 1, waiting: 8, emulation: 1, encoding: 2});
  assert.equal(meter.recent.length, 0);
  assert.ok(!meter.awaits(1014));
});

test('what lies in the middle, and what one in twenty exceeds', () => {
  const samples = Array.from({length: 100}, (_, i) => ({total: 100 - i, parts: Object.fromEntries(inputParts.map(part => [part, 1]))}));
  const {middle, slow, least, most, means} = summary(samples);
  assert.deepEqual({middle, slow, least, most}, {middle: 51, slow: 96, least: 1, most: 100});
  assert.deepEqual(means, [1, 1, 1, 1, 1, 1, 1]);
});

test('a sparkline goes from nought to the largest', () => {
  assert.equal(sparkline([10, 20, 5], 100, 40), '0,20 50,0 100,30');
  assert.equal(sparkline([7], 100, 40), '0,0');
  assert.equal(sparkline([0, 0], 100, 40), '0,40 100,40');
});

/** A video element whose frames `show` shows. */
function stage() {
  const callbacks = [];
  const video = {requestVideoFrameCallback: callback => callbacks.push(callback)};
  const show = metadata => callbacks.splice(0).forEach(callback => callback(0, metadata));
  return {video, show, callbacks};
}

test('pictures are looked at only while an input waits for its own', () => {
  const {video, show, callbacks} = stage();
  const clock = {time: 1000, now: () => clock.time};
  const meter = new LatencyMeter();
  const watch = new LatencyWatch(meter, video, clock);
  const channel = {};
  watch.use(channel);
  assert.equal(callbacks.length, 0);
  watch.sent({pad: 0, sequence: 1, at: 1000, sentAt: 1000});
  watch.sent({pad: 1, sequence: 1, at: 1000, sentAt: 1000});
  assert.equal(callbacks.length, 1);
  clock.time = 1013;
  channel.onmessage({data: packet({sequence: 1, rtpTimestamp: 9000, waited: 800, emulated: 100, encoded: 200})});
  show(shown({}));
  assert.equal(meter.recent.length, 1);
  assert.equal(callbacks.length, 1, 'the other pad waits');
  clock.time = 2100;
  show(shown({rtpTimestamp: 12000}));
  assert.equal(callbacks.length, 0);
});

test('a video element without frame callbacks is no failure', () => {
  const meter = new LatencyMeter();
  const watch = new LatencyWatch(meter, {}, {now: () => 1013});
  const channel = {};
  watch.use(channel);
  watch.sent({pad: 0, sequence: 1, at: 1000, sentAt: 1000});
  channel.onmessage({data: packet({sequence: 1, waited: 800, emulated: 100, encoded: 200})});
  assert.equal(meter.complete, false);
  near(meter.partial, {waiting: 8});
});

test('whatever bytes come, a packet is read with finite times or is nothing', () => {
  for (let i = 0; i < 2000; i++) {
    const bytes = crypto.getRandomValues(new Uint8Array(i % 20));
    if (bytes.length) bytes[0] = i % 3;
    const read = decodeFeedback(bytes.buffer);
    assert.equal(read !== null, bytes.length === 16 && bytes[0] === 1);
    if (read) assert.ok([read.waited, read.emulated, read.encoded].every(time => time === null || (time >= 0 && time < 656)));
  }
});
