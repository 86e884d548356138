// What one player costs: CPU (percent of one core) and resident memory of each process of the server.
import {setTimeout as delay} from 'node:timers/promises';
import {Browser} from '../e2e/harness/browser.js';
import {Server} from '../e2e/harness/server.js';
import {circumstances, row} from './report.js';

const seconds = Number(process.argv[2] ?? 20);
const ticksPerSecond = 100;

/** @param {Server} server  @param {string} game  @param {string} codec */
async function measure(browser, server, game, codec) {
  const player = await browser.player(server);
  await player.pick(game, `?codec=${codec}`);
  await delay(5000); // the start, and that of the next spare room, is not asked for here
  const {room, emulator} = server.inUse();
  const before = new Map(server.processes().map(process => [process.pid, process.ticks]));
  const start = performance.now();
  await delay(1000 * seconds);
  const span = (performance.now() - start) / 1000;
  const processes = server.processes().map(({pid, role, ticks, rssMiB, threads, fds}) => ({
    role: role === 'all' ? 'coordinator' : role,
    spare: ['room', 'emulator'].includes(role) && ![room, emulator].includes(pid),
    cpuPercent: Math.round(1000 * (ticks - (before.get(pid) ?? 0)) / ticksPerSecond / span) / 10,
    rssMiB: Math.round(rssMiB), threads, fds,
  }));
  await player.leave();
  return {game, codec, seconds, processes, ...circumstances()};
}

const server = await Server.start();
const browser = await Browser.start();
try {
  const results = [];
  for (const codec of ['H264', 'VP8']) results.push(await measure(browser, server, 'nes/counter', codec));
  console.log(JSON.stringify(results, null, 2));
  console.log(row('commit', 'game', 'codec', 'process', 'CPU %', 'RSS MiB', 'threads', 'descriptors'));
  console.log(row('---', '---', '---', '---', '---', '---', '---', '---'));
  for (const {commit, game, codec, processes} of results) {
    for (const {role, spare, cpuPercent, rssMiB, threads, fds} of processes) {
      console.log(row(commit, game, codec, spare ? `spare ${role}` : role, cpuPercent, rssMiB, threads, fds));
    }
  }
} finally {
  await browser.stop();
  await server.stop();
}
