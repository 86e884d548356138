// axe-core finds nothing serious on any page, light or dark, large or small.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serious} from './harness/axe.js';
import {stage} from './harness/stage.js';

const on = stage();

const looks = {
  'light, large': {theme: 'light', viewport: {width: 1440, height: 900}},
  'dark, phone': {theme: 'dark', viewport: {width: 390, height: 844, isMobile: true, hasTouch: true}},
};
const pages = {library: '/', game: '/game/nes/flash', unknown: '/game/nes/there-is-none', failed: '/play/nes/there-is-none', playing: '/play/nes/flash'};

for (const [look, {theme, viewport}] of Object.entries(looks)) {
  test(`pages that are ${look}`, async () => {
    const player = await on.player();
    await player.page.setBypassCSP(true); // axe comes from outside
    await player.page.setViewport(viewport);
    await player.page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: theme}]);
    for (const [state, path] of Object.entries(pages)) {
      await player.visit(path);
      await player.sees(state);
      assert.deepEqual(await serious(player.page), [], state);
    }
    await player.page.keyboard.press('F2');
    await player.isTold('Saved in slot 1');
    await player.choosesSlot('state/1');
    await player.page.waitForSelector('.saves .chosen [data-does=load]:enabled');
    assert.deepEqual(await serious(player.page), [], 'the panel of saves');
    await player.visit('/');
    await player.page.waitForSelector('.continue [data-resume="nes/flash"]', {visible: true});
    assert.deepEqual(await serious(player.page), [], 'a library with games to continue');
    await player.leave();
  });
}
