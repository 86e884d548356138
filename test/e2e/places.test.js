// Who plays chooses where.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {Browser} from './harness/browser.js';
import {Fleet} from './harness/fleet.js';

/** @type {Fleet} */
let fleet;
/** @type {Browser} */
let browser;
before(async () => {
  fleet = await Fleet.start({args: ['--room-grace', '1'], workers: [['--region', 'Here'], ['--region', 'There']]});
  browser = await Browser.start();
});
after(async () => {
  await browser?.stop();
  await fleet?.stop();
});

test('a game runs in the region that was chosen, also after the page was loaded again', async () => {
  const player = await browser.player(fleet);
  for (const region of ['There', 'Here']) {
    await player.visit('/');
    await player.page.waitForSelector('.place', {visible: true});
    const offered = await player.page.$$eval('.place option', options => options.map(({text}) => text));
    assert.deepEqual(offered.slice(0, 3), ['Nearest (automatic)', 'Here', 'There']);
    await player.page.select('.place select', `region:${region}`);
    await player.play('nes/flash');
    const {workers} = await player.page.evaluate(async () => (await fetch('/api/status')).json());
    assert.deepEqual(workers.filter(({rooms}) => rooms > 0).map(worker => worker.region), [region]);
    await player.page.click('.bar [data-action=leave]');
    await player.page.waitForFunction(async () => (await (await fetch('/healthz')).json()).rooms === 0);
  }
  await player.leave();
});
