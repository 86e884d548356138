// A phone: no keys, buttons on the screen.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stage} from './harness/stage.js';

const on = stage();
const phone = {width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true};
const shapes = {upright: phone, sideways: {...phone, width: 844, height: 390, isLandscape: true}};

for (const [shape, viewport] of Object.entries(shapes)) {
  test(`a finger on A of a phone held ${shape} turns the picture white`, async () => {
    const player = await on.player();
    await player.page.setViewport(viewport);
    await player.pick('nes/flash');
    await player.seesColour('dark');
    const button = await player.page.waitForSelector('.touch [data-button="a"]', {visible: true});
    const box = await button?.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= viewport.width && box.y + box.height <= viewport.height);
    assert.ok(box.width >= 44 && box.height >= 44, 'as large as a fingertip');
    const finger = await player.page.touchscreen.touchStart(box.x + box.width / 2, box.y + box.height / 2);
    await player.seesColour('white');
    await finger.end();
    await player.seesColour('dark');
  });
}
