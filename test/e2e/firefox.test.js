// Debian's Firefox has no H.264: it gets VP8, alone and beside a Chromium in the same room.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stage} from './harness/stage.js';

const on = stage({browsers: ['firefox', 'chromium']});

test('Firefox plays with VP8', async () => {
  const player = await on.player(0);
  await player.pick('nes/flash');
  assert.equal((await player.stats()).codec, 'VP8');
  await player.press('KeyX');
  await player.seesColour('white');
  await player.hears({above: 0.03});
  await player.release('KeyX');
  await player.seesColour('dark');
});

test('a Firefox joins the room of a Chromium: each gets its codec, and its own seat', async () => {
  const host = await on.player(1);
  await host.play('nes/flash');
  const guest = await on.player(0);
  await guest.join(host);
  assert.equal((await host.stats()).codec, 'H264');
  assert.equal((await guest.stats()).codec, 'VP8');
  await guest.press('KeyX');
  await host.seesColour('red');
  await guest.seesColour('red');
  await guest.release('KeyX');
  await host.seesColour('dark');
});
