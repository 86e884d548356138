// Several people in one room.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stage} from './harness/stage.js';

const on = stage({browsers: ['chromium', 'chromium', 'chromium']});

/** Somebody at a browser of their own, in `host`'s room or with a new game. */
async function named(name, browser, host = null) {
  const player = await on.player(browser);
  if (host) await player.join(host);
  else await player.play('nes/flash');
  await player.callsItself(name);
  return player;
}

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

test('with all seats taken, the next one watches, and takes over when handed a controller', async () => {
  const host = await named('Ann', 0);
  const guest = await named('Bob', 1, host);
  const watcher = await named('Cleo', 2, host);
  await watcher.page.waitForSelector('[data-for="watching"]', {visible: true});
  await guest.press('KeyX');
  await watcher.seesColour('red');
  await guest.release('KeyX');
  await watcher.press('KeyX');
  await watcher.release('KeyX');
  await watcher.seesColour('dark');

  await guest.openPeople();
  await guest.seesSeat(1, 'Bob');
  await guest.page.select('.people [data-seat="1"] select', await option(guest, 1, 'Give it to Cleo'));
  await watcher.isTold('You have Controller 2');
  await guest.page.waitForSelector('[data-for="watching"]', {visible: true});
  await watcher.press('KeyX');
  await host.seesColour('red');
  await watcher.release('KeyX');
  await host.seesColour('dark');
});

/** @returns {Promise<string>} the value of the option with that label */
const option = (player, seat, label) => player.page.$eval(`.people [data-seat="${seat}"] select`,
  (select, label) => [...select.options].find(each => each.text === label).value, label);

test('the host swaps two players in the middle of play', async () => {
  const host = await named('Ann', 0);
  const guest = await named('Bob', 1, host);
  await host.press('KeyX');
  await guest.seesColour('white');
  await host.openPeople();
  await host.seesSeat(1, 'Bob');
  await host.page.select('.people [data-seat="0"] select', await option(host, 0, 'Controller 2 (swap with Bob)'));
  await guest.seesColour('red'); // what is held goes along
  await host.release('KeyX');
  await guest.seesColour('dark');
  await guest.press('KeyX');
  await host.seesColour('white');
  await guest.release('KeyX');
});

test('who stands up watches, and sits down again where it is free', async () => {
  const player = await named('Ann', 0);
  await player.openPeople();
  await player.page.click('.people [data-seat="0"] [data-does=leave]');
  await player.seesSeat(0, '');
  await player.page.click('.people [data-seat="1"] [data-does=take]');
  await player.seesSeat(1, 'Ann');
  await player.press('KeyX');
  await player.seesColour('red');
  await player.release('KeyX');
});

test('a second gamepad at one browser plays in a seat of its own', async () => {
  const player = await on.player(0);
  await player.page.evaluateOnNewDocument(fakeGamepads);
  await player.play('nes/flash');
  await player.page.evaluate(() => window.plugIn(2));
  await player.page.evaluate(() => window.hold(1, true)); // the first press takes the seat
  await player.isTold('Controller 2');
  await player.seesColour('red');
  await player.page.evaluate(() => window.hold(0, true));
  await player.seesColour('yellow');
  await player.page.evaluate(() => { window.hold(0, false); window.hold(1, false); });
  await player.seesColour('dark');
});

/** Headless browsers have no gamepads: these stand in for the devices, everything behind them is real. */
function fakeGamepads() {
  const pads = [];
  Object.assign(window, {
    plugIn(count) {
      for (let index = 0; index < count; index++) {
        pads.push({index, id: 'pad', mapping: 'standard', connected: true, axes: [0, 0, 0, 0],
          buttons: Array.from({length: 17}, () => ({pressed: false, value: 0}))});
        window.dispatchEvent(Object.assign(new Event('gamepadconnected'), {gamepad: pads[index]}));
      }
    },
    hold(index, pressed) { pads[index].buttons[1] = {pressed, value: Number(pressed)}; }, // the right button: A
  });
  navigator.getGamepads = () => pads;
}

test('the host removes somebody, who stays out; a locked room lets nobody new in', async () => {
  const host = await named('Ann', 0);
  const guest = await named('Bob', 1, host);
  await host.openPeople();
  await host.seesSeat(1, 'Bob');
  await host.page.click('.people [data-seat="1"] [data-does=remove]');
  assert.match((await guest.trouble()).cause, /asked you to leave/);
  await host.seesSeat(1, '');
  await guest.page.reload();
  assert.match((await guest.trouble()).cause, /asked you to leave/);

  await host.page.click('.people [name=locked]');
  await host.page.waitForFunction(() => document.querySelector('.people [name=locked]').checked);
  const late = await on.player(2);
  await late.visit(host.path);
  assert.match((await late.trouble()).cause, /nobody new/);
  await host.page.click('.people [name=locked]');
  await late.page.click('[data-action=again]');
  await late.sees('playing');
});

test('a room on the first page shows its picture, and a click joins it', async () => {
  const host = await named('Ann', 0);
  const visitor = await on.player(1);
  await visitor.visit('/');
  await visitor.page.waitForSelector('[data-game]', {visible: true});
  assert.equal(await visitor.page.$('.live .card'), null, 'rooms are private at first');
  await host.press('KeyX');
  await host.seesColour('white');
  await host.openPeople();
  await host.page.click('.people [name=listed]');
  const card = await visitor.page.waitForSelector('.live .card', {visible: true});
  await visitor.page.waitForFunction(() => {
    const photo = document.querySelector('.live img');
    if (!photo?.naturalWidth) return false;
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    pen.drawImage(photo, 0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data.slice(0, 3).every(value => value > 200);
  });
  await host.release('KeyX');
  assert.equal(await card.$eval('p', p => p.textContent), 'Ann');
  await (await card.$('a')).click();
  await visitor.sees('playing');
  assert.equal(visitor.path, host.path);
});

test('a pause is everybody\'s, and the host ends the game for all', async () => {
  const host = await named('Ann', 0);
  const guest = await named('Bob', 1, host);
  await guest.page.click('.bar [data-action=pause]');
  await host.page.waitForSelector('[data-for="paused"]', {visible: true});
  await host.page.click('.bar [data-action=pause]');
  await guest.page.waitForSelector('[data-for="paused"]', {hidden: true});
  await host.openPeople();
  await host.page.click('.people [data-does=end]');
  await Promise.all([host.sees('ended'), guest.sees('ended')]);
});

test('a phone joins by the link, and its finger is seen on the big screen', async () => {
  const host = await named('Ann', 0);
  const phone = await on.player(1);
  await phone.page.setViewport({width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true});
  await phone.join(host);
  const button = await phone.page.waitForSelector('.touch [data-button="a"]', {visible: true});
  const box = await button.boundingBox();
  const finger = await phone.page.touchscreen.touchStart(box.x + box.width / 2, box.y + box.height / 2);
  await host.seesColour('red');
  await finger.end();
  await host.seesColour('dark');
});
