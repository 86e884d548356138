// The password in front of everything.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {Fleet} from './harness/fleet.js';
import {serious} from './harness/axe.js';
import {stage} from './harness/stage.js';

const folder = mkdtempSync(path.join(tmpdir(), 'cloudretro-login-'));
const file = path.join(folder, 'password');
writeFileSync(file, 'open sesame\n');
after(() => rmSync(folder, {recursive: true}));
const on = stage({server: {args: ['--password-file', file]}});

/** Types a password and comes in, or not. @param {import('./harness/player.js').Player} player  @param {string} password */
async function give(player, password) {
  await player.page.waitForSelector('#password:enabled');
  await player.page.$eval('#password', field => { field.value = ''; });
  await player.page.type('#password', password);
  await player.page.keyboard.press('Enter');
}

/** What the page says. @param {import('./harness/player.js').Player} player */
const verdict = async player => {
  await player.page.waitForFunction(() => document.querySelector('#verdict').textContent);
  return player.page.$eval('#verdict', element => element.textContent);
};

test('a wrong password is refused, the right one starts the game that was asked for', async () => {
  const player = await on.player();
  await player.visit('/play/nes/flash');
  await give(player, 'open');
  assert.match(await verdict(player), /not the password/);
  await give(player, 'open sesame');
  await player.sees('playing');
  await player.press('x');
  await player.seesColour('white');
  await player.release('x');
});

test('a socket without the cookie is refused, and so is the library', async () => {
  const player = await on.player();
  await player.visit('/');
  const seen = await player.page.evaluate(async () => ({
    library: (await fetch('/api/games')).status,
    socket: await new Promise(resolve => {
      const socket = new WebSocket(`ws://${location.host}/ws`);
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    }),
  }));
  assert.deepEqual(seen, {library: 401, socket: 'refused'});
});

test('a link on another site leads in without the password for who gave it before', async () => {
  const player = await on.player();
  await player.visit('/');
  await give(player, 'open sesame');
  await player.sees('library');
  // To a browser, localhost is another site than 127.0.0.1.
  await player.page.goto(on.server.url.replace('127.0.0.1', 'localhost'));
  await player.page.waitForSelector('#password');
  await player.page.evaluate(url => { location.href = url; }, `${on.server.url}/game/nes/flash`);
  await player.sees('game');
});

test('guessing ends in a sentence that says how long to wait', async () => {
  const player = await on.player();
  await player.visit('/');
  await player.page.evaluate(async () => {
    const body = JSON.stringify({password: 'wrong'});
    const headers = {'Content-Type': 'application/json'};
    for (let i = 0; i < 11; i++) await fetch('/login', {method: 'POST', headers, body});
  });
  await give(player, 'open sesame');
  assert.match(await verdict(player), /Too many wrong attempts. Try again in \d+ seconds?\./);
});

test('who is inside when the password changes is asked for the new one', async () => {
  const server = await Fleet.start({workers: [], args: ['--password-file', file]});
  const player = await on.browsers[0].player(server);
  try {
    await player.visit('/');
    await give(player, 'open sesame');
    await player.sees('library');
    writeFileSync(file, 'another word\n');
    await server.killCoordinator();
    await server.restartCoordinator();
    await give(player, 'another word');
    await player.sees('library');
  } finally {
    await player.leave();
    await server.stop();
  }
});

for (const [look, theme, viewport] of /** @type {const} */ ([
  ['light, large', 'light', {width: 1440, height: 900}],
  ['dark, phone', 'dark', {width: 390, height: 844, isMobile: true, hasTouch: true}],
])) {
  test(`axe finds nothing serious on the page that is ${look}`, async () => {
    const player = await on.player();
    await player.page.setViewport(viewport);
    await player.page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: theme}]);
    await player.page.setBypassCSP(true);
    await player.visit('/');
    await player.page.waitForSelector('#password');
    assert.deepEqual(await serious(player.page), []);
  });
}
