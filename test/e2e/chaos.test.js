// 200 random events: people join, leave, take and swap seats, reload, and are killed; so are rooms. After each one the
// server says what a model of the room says; in the end nothing is held, and nothing is left.
// CHAOS_SECONDS spreads the events over so long; CHAOS_SEED repeats them.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {Browser} from './harness/browser.js';
import {ChaoticRoom, Random} from './harness/chaos.js';
import {Fleet} from './harness/fleet.js';
import {hasCore} from './harness/processes.js';
import {until} from './harness/until.js';

const seconds = Number(process.env.CHAOS_SECONDS ?? 60);
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1e6);
const events = 200;
const games = ['nes/flash', 'testcard/plain', 'nes/flash'];
const patience = 60; // seconds in which rooms notice that somebody is gone who could not say so, and end

/** @type {Fleet} */
let server;
/** @type {Browser} */
let browser;
before(async () => {
  // Two workers let in four rooms, however busy the machine is.
  server = await Fleet.start({workers: [[], []], args: ['--room-grace', '5']});
  browser = await Browser.start();
});
after(async () => {
  await browser?.stop();
  await server?.stop();
});

/** Threads and descriptors of all processes, the most of each role. */
function counts() {
  const roles = {};
  for (const {role, threads, fds} of server.processes()) {
    const most = roles[role] ?? {processes: 0, threads: 0, fds: 0};
    roles[role] = {
      processes: most.processes + 1, threads: Math.max(most.threads, threads), fds: Math.max(most.fds, fds),
    };
  }
  return roles;
}

/** @returns {Promise<ReturnType<typeof counts>>} once nothing runs but the two workers and their spare rooms */
async function idle() {
  await until(() => server.processesOf('room').length === 2 && server.processesOf('emulator').length === 2 &&
    !server.processesOf('emulator').some(({pid}) => hasCore(pid)), 'the end of all rooms but the spares',
    {seconds: patience, every: 250});
  await delay(3000); // the spares have made what they make
  return counts();
}

/** What is made once and kept, is made here. */
async function warmUp() {
  const rooms = games.map((game, i) => new ChaoticRoom({server, game, random: new Random(i), name: `warm ${i}`}));
  for (const room of rooms) await room.open(2);
  for (const room of rooms) await room.end();
}

/** @param {ChaoticRoom} room  @param {number} share  events */
async function live(room, share) {
  const start = performance.now();
  for (let i = 0; i < share; i++) {
    const due = start + (i + room.random.next()) * 1000 * seconds / share;
    await delay(Math.max(0, due - performance.now()));
    await room.event();
  }
}

test(`${events} random events in ${seconds} s, CHAOS_SEED=${seed}`, async t => {
  t.diagnostic(`CHAOS_SEED=${seed}`);
  await warmUp();
  const start = await idle();
  const rooms = games.map((game, i) =>
    new ChaoticRoom({server, game, random: new Random(seed + 1000 * i), name: `room ${i}`}));
  try {
    for (const room of rooms) await room.open(5);
    await Promise.all(rooms.map((room, i) => live(room, Math.ceil((events - i) / rooms.length))));
    for (const room of rooms) {
      await room.plays();
      await room.empty();
      const player = await browser.player(server);
      await player.join({path: `/room/${room.id}`});
      await player.seesNothingHeld(10);
      await player.leave();
    }
  } catch (error) {
    for (const room of rooms) t.diagnostic(room.story.slice(-40).join('\n'));
    throw error;
  } finally {
    await Promise.all(rooms.map(room => room.end()));
  }
  const killed = rooms.reduce((sum, room) => sum + room.killed, 0);
  t.diagnostic(JSON.stringify(rooms.map(room => room.tally)));

  const end = () => Object.entries(counts()).filter(([role, {processes, threads, fds}]) =>
    processes > start[role].processes || threads > start[role].threads || fds > start[role].fds);
  await idle();
  await until(() => end().length === 0, () => `${JSON.stringify(end())} to be as ${JSON.stringify(start)}`, {seconds: 30});
  assert.equal(server.log.match(/ended unexpectedly/g)?.length ?? 0, killed, `only what was killed crashed:\n${server.log}`);
  assert.doesNotMatch(server.log, /CRITICAL|assertion|makes no sense|did not end in time|core-hangs/);
});
