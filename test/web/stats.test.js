import assert from 'node:assert/strict';
import {test} from 'node:test';
import {digest} from '../../webroot/js/stats.js';

function report(time, more = {}) {
  return [
    {type: 'codec', id: 'c', mimeType: 'video/H264'},
    {type: 'candidate-pair', nominated: false, state: 'failed', currentRoundTripTime: 9},
    {type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.004},
    {type: 'inbound-rtp', kind: 'video', timestamp: time, codecId: 'c', frameWidth: 512, frameHeight: 480, framesDecoded: 100,
      framesPerSecond: 60, bytesReceived: 1000, jitterBufferDelay: 1, jitterBufferEmittedCount: 100, packetsLost: 1, ...more},
    {type: 'inbound-rtp', kind: 'audio', timestamp: time, bytesReceived: 500, jitterBufferDelay: 48, jitterBufferEmittedCount: 4800,
      packetsLost: 2, concealedSamples: 7},
  ];
}

test('the first reading means since the start', () => {
  const stats = digest(report(1000));
  assert.equal(stats.codec, 'H264');
  assert.equal(stats.fps, 60);
  assert.equal(stats.rtt, 4);
  assert.equal(stats.videoBuffer, 10);
  assert.equal(stats.audioBuffer, 10);
  assert.equal(stats.packetsLost, 3);
  assert.equal(stats.concealedSamples, 7);
});

test('later ones mean since the one before', () => {
  const before = digest(report(1000));
  const stats = digest(report(3000, {framesDecoded: 220, bytesReceived: 251_000, jitterBufferDelay: 1.5, jitterBufferEmittedCount: 200}), before);
  assert.equal(stats.fps, 60);
  assert.equal(stats.bitrate, 1_000_000);
  assert.equal(stats.videoBuffer, 5);
  assert.equal(stats.audioBuffer, 0, 'nothing came out: nothing is known');
});

test('without a picture there is nothing to tell', () => {
  assert.equal(digest([]), null);
});
