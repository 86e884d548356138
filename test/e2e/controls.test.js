// What is pressed is what is seen and heard, with both codecs.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stage} from './harness/stage.js';

const on = stage();

for (const [codec, query] of [['H264', ''], ['VP8', '?codec=VP8']]) {
  test(`with ${codec}: white and a tone while A is held, dark and silent after`, async () => {
    const player = await on.player();
    await player.pick('nes/flash', query);
    assert.equal((await player.stats()).codec, codec);
    await player.seesColour('dark');
    await player.hears({below: 0.01});
    await player.press('KeyX');
    await player.seesColour('white');
    await player.hears({above: 0.03});
    await player.release('KeyX');
    await player.seesColour('dark');
    await player.hears({below: 0.01});
    assert.deepEqual(player.complaints, []);
  });
}

test('the address of a game starts it without a click', async () => {
  const player = await on.player();
  await player.play('nes/flash');
  assert.match(player.path, /^\/room\/./);
  await player.press('KeyX');
  await player.seesColour('white');
  await player.release('KeyX');
  await player.seesColour('dark');
});

test('without a click there is no sound, and a button to switch it on', async () => {
  const player = await on.player();
  await player.play('nes/flash');
  await player.page.waitForSelector('[data-action="sound-on"]', {visible: true});
  await player.page.click('[data-action="sound-on"]');
  await player.page.waitForSelector('[data-action="sound-on"]', {hidden: true});
  await player.press('KeyX');
  await player.hears({above: 0.03});
  await player.release('KeyX');
});

test('a key that is held when the window loses the focus is let go', async () => {
  const player = await on.player();
  await player.play('nes/flash');
  await player.press('KeyX');
  await player.seesColour('white');
  await player.page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await player.seesColour('dark');
});
