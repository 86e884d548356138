// 30 seconds of play at the core's own rate, without a freeze and without a hole in the sound.
import assert from 'node:assert/strict';
import {setTimeout as delay} from 'node:timers/promises';
import {test} from 'node:test';
import {stage} from './harness/stage.js';

const on = stage();
const seconds = 30;

for (const query of ['', '?codec=VP8']) {
  test(`${seconds} s of a game are smooth ${query}`, async t => {
    const player = await on.player();
    await player.pick('nes/counter', query);
    await delay(2000); // what the start costs is not asked for here
    const before = await player.stats();
    await delay(1000 * seconds);
    const after = await player.stats();

    const span = (after.time - before.time) / 1000;
    const per = (sum, count) => 1000 * (after.totals[sum] - before.totals[sum]) / (after.totals[count] - before.totals[count]);
    const figures = {
      codec: after.codec,
      fps: (after.framesDecoded - before.framesDecoded) / span,
      dropped: after.framesDropped - before.framesDropped,
      freezes: after.freezes - before.freezes,
      freezeSeconds: after.freezeTime - before.freezeTime,
      lost: after.packetsLost - before.packetsLost,
      videoBufferMs: per('videoDelay', 'videoEmitted'),
      audioBufferMs: per('audioDelay', 'audioEmitted'),
      concealedMs: (after.concealedSamples - before.concealedSamples) / 48,
      concealments: after.concealmentEvents - before.concealmentEvents,
    };
    t.diagnostic(JSON.stringify(figures));

    // The bounds leave room for a busy machine; the figures above are what to look at.
    assert.ok(figures.fps > 57 && figures.fps < 63, `${figures.fps} frames a second`);
    assert.ok(figures.freezeSeconds < 0.5, `frozen for ${figures.freezeSeconds} s`);
    assert.equal(figures.lost, 0);
    assert.ok(figures.videoBufferMs < 30, `pictures wait ${figures.videoBufferMs} ms`);
    assert.ok(figures.audioBufferMs < 150, `sound waits ${figures.audioBufferMs} ms`);
    assert.ok(figures.concealedMs < 500, `${figures.concealedMs} ms of sound were made up`);
  });
}
