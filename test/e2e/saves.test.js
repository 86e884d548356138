// Saves, from the key that is pressed to the pixels that are back.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {Server} from './harness/server.js';
import {stage} from './harness/stage.js';
import {until} from './harness/until.js';

const on = stage({browsers: ['chromium', 'chromium']});
const counter = 'nes/counter';

/** Somebody who plays the game that counts, and has counted so far. @param {number} [count] */
async function counting(count = 60) {
  const player = await on.player();
  await player.play(counter);
  await player.counts();
  await player.countsBeyond(count);
  return player;
}

/** Saves with a key or a button. @returns {Promise<number>} the number that it then was, or a little later */
async function saved(player, slot, act) {
  await act();
  await player.isTold(`Saved in slot ${slot}`);
  return (await player.counting()).count;
}

/** Waits until the game has gone back to a number below that. */
async function isBackAt(player, count) {
  await until(async () => (await player.counting()).count < count, `a count below ${count}`);
}

test('F2 saves, F4 brings the picture of then back, and undo the one of now', async () => {
  const player = await counting();
  const then = await saved(player, 1, () => player.page.keyboard.press('F2'));
  await player.countsBeyond(then + 300);
  const now = (await player.counting()).count;
  await player.page.keyboard.press('F4');
  await player.isTold('Loaded slot 1');
  await isBackAt(player, then + 200);
  await player.page.click('.toast [data-action=undo-load]');
  await player.isTold('Back to before the load');
  await player.countsBeyond(now - 1);
  assert.ok((await player.counting()).count < now + 300, 'the number of then, not another');
});

test('a store that cannot be reached is told, and nothing is called saved', async () => {
  const credentials = path.join(on.server.home, 'keys');
  writeFileSync(credentials, '[default]\naws_access_key_id = a\naws_secret_access_key = b\n', {mode: 0o600});
  const server = await Server.start({
    args: ['--s3-endpoint', 'http://127.0.0.1:9', '--s3-bucket', 'saves', '--s3-credentials-file', credentials]});
  try {
    const player = await on.browsers[0].player(server);
    await player.play(counter);
    await player.page.keyboard.press('F2');
    await player.isTold('not saved');
    const told = await player.page.$eval('.toast', toast => toast.textContent);
    assert.match(told, /127\.0\.0\.1:9.*cannot be reached/);
    await player.page.keyboard.press('F4');
    await player.isTold('not loaded');
    await player.leave();
  } finally {
    await server.stop();
  }
});

test('Continue resumes exactly where one left', async () => {
  const player = await counting(200);
  await player.page.click('.bar [data-action=pause]');
  await player.page.waitForSelector('[data-for="paused"]', {visible: true});
  const left = (await player.counting()).count;
  await player.page.click('.bar [data-action=leave]');
  const card = await player.page.waitForSelector(`.continue [data-resume="${counter}"]`, {visible: true});
  await player.page.waitForFunction(() => document.querySelector('.continue img')?.naturalWidth > 0);
  await until(() => on.server.processesOf('room').length <= 1, 'the end of the room');
  await (await card.$('button')).click();
  await player.sees('playing');
  await player.counts();
  await player.countsBeyond(0);
  const {count} = await player.counting();
  assert.ok(count >= left - 30, `${count}, but it was ${left} when the game was left`);
  assert.ok(count < left + 600, `${count} is far beyond ${left}`);
});

test('what the game itself saves is there when it starts from the beginning', async () => {
  const player = await on.player();
  await player.play('testcard/plain');
  await player.seesPresses(0);
  for (let i = 0; i < 5; i++) {
    await player.press('KeyZ');
    await player.seesPresses(i + 1);
    await player.release('KeyZ');
    await new Promise(resolve => setTimeout(resolve, 50)); // for the card to see it released
  }
  const saves = () => player.asksForSaves('/testcard/plain');
  await until(async () => (await saves()).some(({kind}) => kind === 'sram'), 'the battery save', {seconds: 10});
  await player.page.click('.bar [data-action=leave]');
  await until(() => on.server.processesOf('room').length <= 1, 'the end of the room');
  await player.play('testcard/plain');
  await player.seesPresses(5);
});

test('guests save and load when the host lets them, and everybody reads who it was', async () => {
  const host = await counting();
  await host.callsItself('Ann');
  const guest = await on.player(1);
  await guest.join(host);
  await guest.callsItself('Bob');
  const save = () => guest.page.$eval('.bar [data-action=save]', button => [button.ariaDisabled, button.title]);
  const [disabled, why] = await save();
  assert.equal(disabled, 'true');
  assert.match(why, /Only the host/);
  await guest.page.keyboard.press('F2');
  await guest.isTold('Only the host saves');

  await host.openPeople();
  await host.page.click('.people [name=guestsSave]');
  await until(async () => (await save())[0] === 'false', 'the right to save');
  await guest.page.keyboard.press('F2');
  await Promise.all([guest.isTold('Saved in slot 1'), host.isTold('Bob saved in slot 1')]);
  await guest.page.keyboard.press('F4');
  await Promise.all([guest.isTold('Loaded slot 1'), host.isTold('Bob loaded slot 1')]);
  const saves = await host.asksForSaves(`/${counter}`);
  assert.ok(saves.some(({kind, slot}) => kind === 'state' && slot === '1'), 'in the host\'s saves');
  assert.deepEqual(await guest.asksForSaves(), []);
});

test('the panel saves, names, goes back to an older version, and deletes', async () => {
  const player = await counting();
  await player.choosesSlot('state/3');
  const first = await saved(player, 3, () => player.does('save'));
  await player.page.waitForFunction(() => document.querySelector('.saves [data-slot="state/3"] img')?.naturalWidth > 0);
  await player.does('rename');
  await player.page.waitForSelector('dialog.question[open]');
  await player.page.type('dialog.question input', 'Before the boss');
  await player.page.keyboard.press('Enter');
  await player.isTold('Renamed');
  await player.page.waitForFunction(() => document.querySelector('.saves [data-slot="state/3"]').textContent.includes('Before the boss'));

  await player.countsBeyond(first + 300);
  const second = await saved(player, 3, () => player.does('save'));
  await player.does('restore', '.versions');
  await player.isTold('Slot 3 holds that version again');
  await player.countsBeyond(second);
  await player.page.waitForFunction(() => document.querySelector('.chosen h3').textContent.includes('Before the boss'));
  await player.does('load');
  await player.isTold('Loaded slot 3');
  await isBackAt(player, first + 200);

  await player.does('remove');
  await player.page.click('dialog.question [value=yes]');
  await player.isTold('Deleted');
  await player.page.waitForFunction(() => document.querySelector('.saves [data-slot="state/3"]').textContent.includes('empty'));
  assert.equal((await player.asksForSaves(`/${counter}`)).filter(({slot}) => slot === '3').length, 0);
});

test('a save travels as a file into another slot', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudretro-download-'));
  try {
    const player = await counting();
    const client = await player.page.createCDPSession();
    await client.send('Browser.setDownloadBehavior', {
      behavior: 'allow', downloadPath: folder, browserContextId: player.page.browserContext().id});
    const then = await saved(player, 1, () => player.page.keyboard.press('F2'));
    await player.choosesSlot('state/1');
    await player.page.waitForSelector('.saves .chosen [data-does=download]:enabled');
    await player.does('download');
    const name = await until(() => readdirSync(folder).find(file => file.endsWith('.state')), 'the downloaded file');
    assert.match(name, /^counter \(Slot 1, .*\)\.state$/);
    const [{size}] = (await player.asksForSaves(`/${counter}`)).filter(({slot}) => slot === '1');
    assert.equal(readFileSync(path.join(folder, name)).length, size);

    await player.choosesSlot('state/7');
    const [chooser] = await Promise.all([player.page.waitForFileChooser(), player.does('upload')]);
    await chooser.accept([path.join(folder, name)]);
    await player.isTold('Stored in slot 7');
    await player.countsBeyond(then + 300);
    await player.page.waitForSelector('.saves .chosen [data-does=load]:enabled');
    await player.does('load');
    await player.isTold('Loaded slot 7');
    await isBackAt(player, then + 200);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});

test('rewinding goes back for as long as the key is held', async () => {
  const player = await counting(300);
  const {count} = await player.counting();
  await player.press('KeyR');
  await player.page.waitForSelector('[data-for="rewinding"]', {visible: true});
  await isBackAt(player, count - 60);
  await player.release('KeyR');
  await player.page.waitForSelector('[data-for="rewinding"]', {hidden: true});
  const back = (await player.counting()).count;
  await player.countsBeyond(back + 30);
});
