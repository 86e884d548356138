// What one player costs: CPU (percent of one core) and resident memory of each process of the server.
import {setTimeout as delay} from 'node:timers/promises';
import {Browser} from '../e2e/harness/browser.js';
import {Server} from '../e2e/harness/server.js';
import {circumstances, row} from './report.js';

const seconds = Number(process.argv[2] ?? 20);
const ticksPerSecond = 100;

/**
 * Presses and releases A, eight changes a second, until `done`.
 * @param {import('../e2e/harness/player.js').Player} player  @param {Promise<void>} done
 */
async function play(player, done) {
  let ended = false;
  done.then(() => { ended = true; });
  for (let i = 0; !ended; i++) {
    await (i % 2 ? player.release('KeyX') : player.press('KeyX'));
    await delay(125);
  }
}

/** @param {Server} server  @param {{game: string, codec: string, early: boolean, pressed: boolean}} kind */
async function measure(browser, server, kind) {
  const player = await browser.player(server);
  await player.pick(kind.game, `?codec=${kind.codec}`);
  await delay(5000); // the start, and that of the next spare room, is not asked for here
  const {room, emulator} = server.inUse();
  const before = new Map(server.processes().map(process => [process.pid, process.ticks]));
  const start = performance.now();
  const done = delay(1000 * seconds);
  await Promise.all([done, ...kind.pressed ? [play(player, done)] : []]);
  const span = (performance.now() - start) / 1000;
  const processes = server.processes().map(({pid, role, ticks, rssMiB, threads, fds}) => ({
    role: role === 'all' ? 'coordinator' : role,
    spare: ['room', 'emulator'].includes(role) && ![room, emulator].includes(pid),
    cpuPercent: Math.round(1000 * (ticks - (before.get(pid) ?? 0)) / ticksPerSecond / span) / 10,
    rssMiB: Math.round(rssMiB), threads, fds,
  }));
  await player.leave();
  return {...kind, seconds, processes, ...circumstances()};
}

const kinds = [true, false].flatMap(early => [
  {game: 'nes/counter', codec: 'H264', early, pressed: false},
  {game: 'nes/counter', codec: 'VP8', early, pressed: false},
  {game: 'nes/flash', codec: 'H264', early, pressed: false},
  {game: 'nes/flash', codec: 'H264', early, pressed: true},
]);
const servers = new Map();
for (const [early, wish] of [[true, 'auto'], [false, 'off']]) {
  servers.set(early, await Server.start({args: ['--early-frames', wish]}));
}
const browser = await Browser.start();
try {
  const results = [];
  for (const kind of kinds) results.push(await measure(browser, servers.get(kind.early), kind));
  console.log(JSON.stringify(results, null, 2));
  console.log(row('commit', 'game', 'codec', 'early frames', 'buttons', 'process', 'CPU %', 'RSS MiB', 'threads', 'descriptors'));
  console.log(row(...Array(10).fill('---')));
  for (const {commit, game, codec, early, pressed, processes} of results) {
    for (const {role, spare, cpuPercent, rssMiB, threads, fds} of processes) {
      console.log(row(commit, game, codec, early ? 'on' : 'off', pressed ? '8/s' : 'none',
        spare ? `spare ${role}` : role, cpuPercent, rssMiB, threads, fds));
    }
  }
} finally {
  await browser.stop();
  for (const server of servers.values()) await server.stop();
}
