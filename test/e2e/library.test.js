// From the library page into a game, by clicks.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stage} from './harness/stage.js';

const on = stage({server: {gamesDirs: []}});

for (const system of ['demo', 'nes', 'gb']) {
  test(`a game of ${system} starts by a click and moves`, async () => {
    const player = await on.player();
    const game = await player.pick(`${system}/`);
    assert.match(player.path, /^\/room\/./, 'the address is the link to share');
    await player.page.keyboard.press('Enter', {delay: 100});
    const changes = await player.changesIn(240);
    assert.ok(changes >= 10, `only ${changes} of 240 pictures of ${game} changed`);
    const {codec} = await player.stats();
    assert.equal(codec, 'H264');
    assert.deepEqual(player.complaints, []);
  });
}

test('the search finds a game by a part of its name', async () => {
  const player = await on.player();
  await player.visit('/');
  await player.page.waitForSelector('[data-game="demo/Comet Party"]', {visible: true});
  await player.page.type('#query', 'comet');
  await player.page.waitForFunction(() =>
    [...document.querySelectorAll('[data-game]')].filter(card => card.checkVisibility()).length === 1);
  await player.page.waitForSelector('[data-game="demo/Comet Party"]', {visible: true});
});
