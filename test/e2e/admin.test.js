// The page of those who run the server, with games that really run.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {serious} from './harness/axe.js';
import {stage} from './harness/stage.js';

const folder = mkdtempSync(path.join(tmpdir(), 'cloudretro-admin-'));
const token = 'a token of thirty-two characters or more';
writeFileSync(path.join(folder, 'token'), token);
after(() => rmSync(folder, {recursive: true}));
const on = stage({
  server: {args: ['--admin-token-file', path.join(folder, 'token')]},
  browsers: ['chromium', 'chromium'], // so that the game's page is not in the background
});

/** Somebody at the admin page who has given the token. */
async function administrator() {
  const admin = await on.player(1);
  await admin.visit('/admin');
  await admin.sees('gate');
  await admin.page.type('#token', token);
  await admin.page.keyboard.press('Enter');
  await admin.sees('admin');
  return admin;
}

/** @param {import('./harness/player.js').Player} player  @param {string} selector  @param {RegExp} pattern */
const reads = (player, selector, pattern) => player.page.waitForFunction(
  (where, what) => new RegExp(what).test(document.querySelector(where)?.textContent ?? ''), {}, selector, pattern.source);

test('the token is asked for, and forgotten on request', async () => {
  const admin = await on.player(1);
  await admin.visit('/admin');
  await admin.sees('gate');
  await admin.page.type('#token', 'wrong');
  await admin.page.keyboard.press('Enter');
  await reads(admin, '#gate-verdict', /not the admin token/);
  await admin.page.type('#token', token);
  await admin.page.keyboard.press('Enter');
  await admin.sees('admin');
  await admin.page.reload();
  await admin.sees('admin'); // the tab remembers it
  await admin.page.click('[data-action=forget]');
  await admin.sees('gate');
});

test('a game shows up with its picture and player, gets a message, and is ended by keyboard alone', async () => {
  const player = await on.player();
  await player.play('nes/flash');
  const admin = await administrator();
  await reads(admin, '.room h3', /flash/);
  await reads(admin, '.room .people .seats', /1/);
  await reads(admin, '.room .figures', /ms · .*bit\/s/);
  await reads(admin, '.workers .load', /^1, /);
  await reads(admin, '.workers .about', /^\d+ cores · \d+\.\d+\.\d+ · (sandbox: .+|no sandbox)$/);
  await admin.page.waitForFunction(() => document.querySelector('.room img')?.naturalWidth > 0);

  await admin.page.focus('.room [data-action=message]');
  await admin.page.keyboard.press('Enter');
  await admin.page.waitForSelector('#ask[open] textarea:focus');
  await admin.page.keyboard.type('Dinner is ready');
  await admin.page.keyboard.press('Tab');
  await admin.page.keyboard.press('Tab');
  await admin.page.keyboard.press('Enter');
  await player.page.waitForFunction(() => document.querySelector('.toast')?.textContent?.includes('Dinner is ready'));

  await admin.page.focus('.room [data-action=close]');
  await admin.page.keyboard.press('Enter');
  await admin.page.waitForSelector('#ask[open]');
  await admin.page.keyboard.press('Escape'); // not yet
  await admin.page.waitForSelector('#ask:not([open])');
  await admin.page.keyboard.press('Enter');
  await admin.page.waitForSelector('#ask[open]');
  await admin.page.focus('#ask [value=yes]');
  await admin.page.keyboard.press('Enter');
  await player.sees('ended');
  await reads(admin, '#no-rooms:not([hidden])', /Nobody plays/);
  assert.deepEqual(player.complaints, []);
});

test('a worker is drained while a game goes on, and takes games again', async () => {
  const player = await on.player();
  await player.play('nes/flash');
  const admin = await administrator();
  const button = '.workers [data-action=drain]';
  await admin.page.click(button);
  await admin.page.waitForSelector('#ask[open]');
  await admin.page.click('#ask [value=yes]');
  await reads(admin, button, /Take games again/);
  await admin.page.waitForSelector('.workers .draining:not([hidden])');
  const late = await on.player(1);
  await late.visit('/play/nes/flash');
  assert.match((await late.trouble()).cause, /busy/);
  await admin.page.click(button);
  await reads(admin, button, /^Drain$/);
});

for (const [look, theme, viewport] of /** @type {const} */ ([
  ['light, large', 'light', {width: 1440, height: 900}],
  ['dark, phone', 'dark', {width: 390, height: 844, isMobile: true, hasTouch: true}],
])) {
  test(`axe finds nothing serious on the page that is ${look}`, async () => {
    const player = await on.player();
    await player.play('nes/flash');
    const admin = await administrator();
    await admin.page.setBypassCSP(true);
    await admin.page.setViewport(viewport);
    await admin.page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: theme}]);
    await admin.page.reload();
    await admin.sees('admin');
    await admin.page.waitForSelector('.room .people .seats');
    assert.deepEqual(await serious(admin.page), []);
    assert.ok(await admin.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is cut off');
    await admin.page.click('[data-action=forget]');
    await admin.sees('gate');
    assert.deepEqual(await serious(admin.page), []);
  });
}
