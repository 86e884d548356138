// Processes are killed in the middle of play: the game goes on by itself. SURVIVE_TIMES says how often each dies.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {Browser} from './harness/browser.js';
import {Fleet} from './harness/fleet.js';
import {hasCore} from './harness/processes.js';
import {Server} from './harness/server.js';
import {until} from './harness/until.js';

const usually = Number(process.env.SURVIVE_TIMES ?? 3);

/** @type {Browser} */
let browser;
before(async () => { browser = await Browser.start(); });
after(() => browser?.stop());

/**
 * @param {Server} server
 * @param {(player: import('./harness/player.js').Player) => Promise<void>} story
 */
async function playing(server, story) {
  try {
    const player = await browser.player(server);
    await player.page.evaluateOnNewDocument(() => {
      window.connections = 0;
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...settings) {
          super(...settings);
          window.connections++;
        }
      };
    });
    await player.play('nes/counter');
    await player.callsItself('Ann');
    await player.counts();
    await story(player);
    await player.leave();
  } finally {
    await server.stop();
  }
}

/**
 * Hurts it at random moments, each time until the pictures have gone on for a while.
 * @param {import('./harness/player.js').Player} player
 * @param {string} what
 * @param {() => Promise<void>} hurt
 * @param {number} [times]
 * @returns {Promise<{p50: number, p99: number, lost: number}>} of the longest still picture each time, ms; frames lost
 */
async function survives(player, what, hurt, times = usually) {
  const stills = [];
  let lost = 0;
  for (let i = 0; i < times; i++) {
    await player.countsBeyond((await player.counting()).count + 30 + Math.floor(Math.random() * 120));
    await player.forgetsStills();
    await hurt();
    const {changes} = await player.counting();
    await until(async () => (await player.counting()).changes > changes + 60, 'pictures that go on');
    const {longestStill, farthestBack} = await player.counting();
    stills.push(longestStill);
    lost = Math.max(lost, farthestBack);
  }
  stills.sort((a, b) => a - b);
  const at = share => stills[Math.min(times - 1, Math.floor(times * share))];
  const result = {p50: at(0.5), p99: at(0.99), lost};
  console.log(`${what}, ${times} times: longest still picture p50 ${result.p50.toFixed()} ms, p99 ${result.p99.toFixed()} ms; ` +
    `at most ${lost} frames lost`);
  assert.equal(await player.page.$eval('body', body => body.dataset.state), 'playing');
  return result;
}

const connections = player => player.page.evaluate(() => window.connections);

/** A state every five seconds, of a snapshot that may be a second old; and a busy moment. */
const mostLost = 60 * (5 + 1) + 120;

/** Half of the times within the promise; one may meet a busy moment. */
function assertWithin({p50, p99}, ms) {
  assert.ok(p50 < ms, `half of the gaps were over ${p50} ms`);
  assert.ok(p99 < 3 * ms, `one gap was of ${p99} ms`);
}

/** Waits until the game runs in another process of that role. */
async function replaced(server, role, before) {
  await until(() => {
    try {
      return server.inUse()[role] !== before;
    } catch {
      return false; // it runs nowhere at the moment
    }
  }, `another ${role}`);
}

/** Hurts the process of that role that the game runs in. */
async function strike(server, role, signal) {
  const before = server.inUse()[role];
  process.kill(before, signal);
  await replaced(server, role, before);
}

test('the emulator is killed: the same connection shows the game going on within a second', async () => {
  const server = await Server.start();
  await playing(server, async player => {
    const result = await survives(player, 'emulator killed', () => strike(server, 'emulator', 'SIGKILL'));
    assertWithin(result, 1000);
    assert.ok(result.lost <= 60 + 45, `${result.lost} frames were lost`); // a snapshot a second
    assert.equal(await connections(player), 1);
  });
});

test('the emulator hangs: the same, within two seconds', async () => {
  const server = await Server.start();
  await playing(server, async player => {
    const result = await survives(player, 'emulator stopped', () => strike(server, 'emulator', 'SIGSTOP'),
      2); // of a core that fails thrice in a minute nothing good is expected
    assertWithin(result, 2000 + 300);
    assert.equal(await connections(player), 1);
  });
});

test('the room is killed: playing again within two seconds without a click, in the same seat', async () => {
  const server = await Server.start();
  await playing(server, async player => {
    const result = await survives(player, 'room killed', () => strike(server, 'room', 'SIGKILL'));
    assertWithin(result, 2000);
    assert.ok(result.lost <= mostLost, `${result.lost} frames were lost`);
    assert.ok(await connections(player) > usually, 'each room has connections of its own');
    await player.openPeople();
    await player.seesSeat(0, 'Ann');
    assert.equal(await player.page.$('.panel[data-for="failed"]:not([hidden])'), null);
  });
});

test('the worker is killed: playing again on the other within five seconds, and all that was saved is there', async () => {
  const fleet = await Fleet.start({workers: [[], []]});
  await playing(fleet, async player => {
    const result = await survives(player, 'worker killed', async () => {
      await player.page.keyboard.press('F2');
      await player.isTold('Saved in slot 1');
      const {room} = fleet.inUse();
      const worker = fleet.processes().find(({pid}) => pid === room)?.parent;
      const [name, child] = [...fleet.workers].find(([, {pid}]) => pid === worker);
      const gone = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      await until(() => fleet.processesOf('room').every(({parent}) => parent !== worker), 'the end of its rooms');
      await replaced(fleet, 'room', room);
      fleet.addWorker(name);
      await fleet.hasWorkers(2);
    });
    assertWithin(result, 5000);
    assert.ok(result.lost <= mostLost, `${result.lost} frames were lost`);
    await player.openPeople();
    await player.seesSeat(0, 'Ann');
    const saves = await player.asksForSaves('/nes/counter');
    assert.equal(saves.filter(({slot}) => slot === '1').length, Math.min(usually, 10));
    await player.page.keyboard.press('F4');
    await player.isTold('Loaded slot 1');
  });
});

test('a machine freezes and wakes late: the game goes on on the other, and what the first had of it ends', async () => {
  const fleet = await Fleet.start({workers: [[], []]});
  await playing(fleet, async player => {
    await player.countsBeyond(100);
    const {room, emulator} = fleet.inUse();
    const worker = fleet.processes().find(({pid}) => pid === room)?.parent;
    const machine = fleet.processes().filter(({pid, parent}) => [pid, parent].includes(worker) || parent === room);
    for (const {pid} of machine) process.kill(pid, 'SIGSTOP');
    const {changes} = await player.counting();
    await until(async () => (await player.counting()).changes > changes + 120, 'pictures that go on', {seconds: 30});
    for (const {pid} of machine) process.kill(pid, 'SIGCONT');
    const games = () => fleet.processesOf('emulator').filter(({pid}) => hasCore(pid)).map(({pid}) => pid);
    // Its room may take the emulator for hung and begin with another one, before it hears that it is over.
    await until(() => games().length === 1 && !games().includes(emulator), 'the end of the game that nobody plays any more');
    await player.page.keyboard.press('F2');
    await player.isTold('Saved in slot 1');
    await fleet.hasWorkers(2);
    const {count} = await player.counting();
    await player.countsBeyond(count + 60);
    await player.openPeople();
    await player.seesSeat(0, 'Ann');
  });
});
