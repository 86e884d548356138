// Where a server's CPU time goes: by process, and within rooms by thread.
import {readdirSync, readFileSync} from 'node:fs';
import {hasCore} from '../e2e/harness/processes.js';

/** What the threads of a room's process do, by their names; all that are not named here carry packets to peers. */
const works = {picture: /^picture:src$/, sound: /^sound:src$/, loop: /^(exe|cloudretro)$/};
const workOf = name => Object.keys(works).find(work => works[work].test(name)) ?? 'peers';

/** @param {number} pid  @returns {{thread: string, name: string, ms: number}[]} */
function threadsOf(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap(thread => {
    try {
      const path = `/proc/${pid}/task/${thread}`;
      const [running] = readFileSync(`${path}/schedstat`, 'utf8').split(' '); // ns
      return [{thread, name: readFileSync(`${path}/comm`, 'utf8').trim(), ms: Number(running) / 1e6}];
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
      return []; // it ended meanwhile
    }
  });
}

/**
 * CPU time so far of a server's processes, of which idle spares are left out.
 * @param {import('../e2e/harness/server.js').Server} server
 * @returns {{at: number, threads: Map<string, {work: string, ms: number}>}}
 */
export function readCpu(server) {
  const all = server.processes();
  const playing = new Set(all.filter(({role, pid}) => role === 'emulator' && hasCore(pid)).flatMap(({pid, parent}) => [pid, parent]));
  /** @type {Map<string, {work: string, ms: number}>} */
  const threads = new Map();
  for (const {role, pid} of all) {
    if (['room', 'emulator'].includes(role) && !playing.has(pid)) continue;
    for (const {thread, name, ms} of threadsOf(pid)) {
      threads.set(thread, {work: role === 'room' ? workOf(name) : role === 'emulator' ? 'emulation' : 'others', ms});
    }
  }
  return {at: performance.now(), threads};
}

/**
 * @param {ReturnType<typeof readCpu>} before
 * @param {ReturnType<typeof readCpu>} after
 * @returns {Record<string, number>} percent of one core, by work; threads that ended meanwhile are not counted
 */
export function cpuBetween(before, after) {
  const percent = {emulation: 0, picture: 0, sound: 0, peers: 0, loop: 0, others: 0};
  for (const [thread, {work, ms}] of after.threads) {
    percent[work] += 100 * (ms - (before.threads.get(thread)?.ms ?? 0)) / (after.at - before.at);
  }
  return percent;
}
