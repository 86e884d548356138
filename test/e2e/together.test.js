// Several people in one room.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stage} from './harness/stage.js';

const on = stage({browsers: ['chromium', 'chromium']});

test('who follows the link of a room gets the second seat', async () => {
  const host = await on.player(0);
  await host.play('nes/flash');
  const guest = await on.player(1);
  await guest.join(host);
  assert.equal(guest.path, host.path);

  await guest.press('KeyX');
  await Promise.all([host.seesColour('red'), guest.seesColour('red')]);
  await host.press('KeyX');
  await Promise.all([host.seesColour('yellow'), guest.seesColour('yellow')]);
  await guest.release('KeyX');
  await Promise.all([host.seesColour('white'), guest.seesColour('white')]);
  await host.release('KeyX');
  await Promise.all([host.seesColour('dark'), guest.seesColour('dark')]);
});

test('a button held by someone who leaves is let go', async () => {
  const host = await on.player(0);
  await host.play('nes/flash');
  const guest = await on.player(1);
  await guest.join(host);
  await guest.press('KeyX');
  await host.seesColour('red');
  await guest.leave();
  await host.seesColour('dark');
});

test('with all seats taken, the next one watches', async () => {
  const host = await on.player(0);
  await host.play('nes/flash');
  const guest = await on.player(1);
  await guest.join(host);
  const third = await on.player(1);
  await third.join(host);
  await third.page.waitForSelector('[data-for="watching"]', {visible: true});
});
