// Whatever goes wrong, the player reads what it was and what to do, and nothing is left behind.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {stage} from './harness/stage.js';
import {until} from './harness/until.js';

const coreless = fileURLToPath(new URL('coreless.toml', import.meta.url));
const on = stage({
  server: {args: ['--max-rooms', '1', '--catalogue', coreless]},
  browsers: ['chromium', 'chromium'],
});

/** @param {{cause: string, remedy: string}} trouble  @param {RegExp} cause  @param {RegExp} remedy */
function assertSentences(trouble, cause, remedy) {
  assert.match(trouble.cause, cause);
  assert.match(trouble.remedy, remedy);
  for (const sentence of [trouble.cause, trouble.remedy]) assert.match(sentence, /^[A-Z"“].*[.!]$/s, 'a whole sentence');
}

/** @param {string} address  @param {RegExp} cause  @param {RegExp} remedy */
async function assertTrouble(address, cause, remedy) {
  const player = await on.player();
  await player.visit(address);
  assertSentences(await player.trouble(), cause, remedy);
}

test('a game that does not exist', () =>
  assertTrouble('/play/nes/there-is-none', /no game "nes\/there-is-none"/, /library/));

test('a room that does not exist', () =>
  assertTrouble('/room/there-is-none', /room does not exist/, /start the game again/));

test('a file that is no game', async () => {
  writeFileSync(path.join(on.server.gamesFolder('nes'), 'garbage.nes'), 'this is no cartridge'.repeat(100));
  await on.server.lists('nes/garbage');
  await assertTrouble('/play/nes/garbage', /./, /./);
});

test('a system whose core is not installed', async () => {
  writeFileSync(path.join(on.server.gamesFolder('coreless'), 'any.none'), 'x');
  await on.server.lists('coreless/any');
  await assertTrouble('/play/coreless/any', /Coreless is not installed/, /cores folder|apt install/);
});

test('a core that shows no picture', () => assertTrouble('/play/testcard/no-video', /picture/, /./));

test('a core that refuses its game', () => assertTrouble('/play/testcard/refuses', /./, /./));

test('a core without its firmware', () => assertTrouble('/play/testcard/bios', /./, /./));

test('a core that crashes', () => assertTrouble('/play/testcard/crash', /./, /./));

test('a browser without a codec in common', async () => {
  const player = await on.player();
  await player.page.evaluateOnNewDocument(() => {
    RTCRtpReceiver.getCapabilities = () => ({codecs: [], headerExtensions: []});
  });
  await player.visit('/play/nes/flash');
  assertSentences(await player.trouble(), /H\.264|VP8|video/, /Firefox|Chrome/);
});

test('no capacity left, and room again once a player has left', async () => {
  const first = await on.player(0);
  await first.play('nes/flash');
  const second = await on.player(1);
  await second.visit('/play/nes/counter');
  assertSentences(await second.trouble(), /busy/, /Try again/);
  await first.leave();
  await until(async () => {
    await second.page.click('.panel[data-for="failed"] [data-action="again"]');
    await second.page.waitForSelector('body:is([data-state="failed"], [data-state="playing"])');
    return second.page.$('body[data-state="playing"]');
  }, 'a free place', {every: 1000});
});
