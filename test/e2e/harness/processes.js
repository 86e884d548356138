// What /proc tells about the processes of one server.
import {readdirSync, readFileSync, readlinkSync} from 'node:fs';

/**
 * @typedef {object} Process
 * @property {number} pid
 * @property {number} parent
 * @property {string} role     "all", "worker", "room", "emulator"
 * @property {number} threads
 * @property {number} fds
 * @property {number} rssMiB
 * @property {number} ticks    CPU time, user and system, in 1/100 s
 */

/** @param {() => any} read  @returns what it read, or null where the process ended meanwhile or is none of ours */
function ifOurs(read) {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(error.code)) return null;
    throw error;
  }
}

/** @param {number} pid  @returns {Process | null} */
function inspect(pid) {
  return ifOurs(() => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = name => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    if (/^State:\s+[ZX]/m.test(status)) return null;
    // The name in parentheses may hold spaces: count the fields behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return {
      pid,
      parent: field('PPid'),
      role: /--role[=\0](\w+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1] ?? 'all',
      threads: field('Threads'),
      fds: ifOurs(() => readdirSync(`/proc/${pid}/fd`))?.length ?? 0, // a sandbox is closed to all but root
      rssMiB: field('VmRSS') / 1024,
      ticks: Number(stat[11]) + Number(stat[12]),
    };
  });
}

/**
 * All living processes that have `variable` in the environment they were started with, whoever is their parent now.
 * @param {string} variable  "NAME=value"
 * @returns {Process[]}
 */
export function processesWith(variable) {
  const all = readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(pid => inspect(Number(pid)))
    .filter(process => process !== null);
  const marked = all.filter(({pid}) =>
    ifOurs(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))?.split('\0').includes(variable));
  const pids = new Set(marked.map(({pid}) => pid));
  return all.filter(({pid, parent, role}) => pids.has(pid) || (role === 'emulator' && pids.has(parent)));
}

/** @param {number} pid  @returns {string[]} what its descriptors are: "socket:[…]" without the number, paths, … */
export function descriptorsOf(pid) {
  return (ifOurs(() => readdirSync(`/proc/${pid}/fd`)) ?? [])
    .map(fd => ifOurs(() => readlinkSync(`/proc/${pid}/fd/${fd}`))?.replace(/\[\d+\]|\d+/g, '') ?? '')
    .sort();
}

/** @param {number} pid  @returns {boolean} whether that emulator is in its sandbox: it has a game */
export function hasCore(pid) {
  return /^Seccomp:\s+2/m.test(ifOurs(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '');
}
