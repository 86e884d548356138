// axe-core finds nothing serious on any page, light or dark, large or small.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {test} from 'node:test';
import {stage} from './harness/stage.js';

const on = stage();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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
      await player.page.evaluate(axe);
      const {violations} = await player.page.evaluate(() => {
        // axe does not judge the contrast of text on a pattern: on the colour below it does.
        for (const patterned of document.querySelectorAll('body, .panel')) patterned.style.backgroundImage = 'none';
        return window.axe.run(document);
      });
      const serious = violations.filter(({impact}) => ['serious', 'critical'].includes(impact));
      assert.deepEqual(serious.map(({id, nodes}) => `${state}: ${id}: ${nodes[0].html}`), []);
    }
    await player.leave();
  });
}
