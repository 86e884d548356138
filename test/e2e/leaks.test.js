// 50 joins and leaves, and some rooms opened and closed: afterwards there is nothing that was not there before.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {descriptorsOf} from './harness/processes.js';
import {stage} from './harness/stage.js';
import {until} from './harness/until.js';

const on = stage({browsers: ['chromium', 'chromium']});
const grace = 30; // seconds that webrtcbin's threads may take to end

/** @returns {Record<string, {pid: number, threads: number, fds: number}>} */
function counts() {
  return Object.fromEntries(on.server.processes().map(({pid, role, threads, fds}) => [`${role} ${pid}`, {pid, threads, fds}]));
}

/** Waits until the counts stand still for three seconds. */
async function still() {
  let last = '';
  let since = performance.now();
  await until(() => {
    const now = JSON.stringify(counts());
    if (now !== last) since = performance.now();
    last = now;
    return performance.now() - since > 3000;
  }, 'the counts to stand still', {seconds: 2 * grace, every: 250});
  return counts();
}

/** Waits until every process of `before` has no more than it had then, and no other is there. */
async function backTo(before) {
  const excess = () => Object.entries(counts()).flatMap(([name, {threads, fds}]) => {
    const then = before[name];
    if (!then) return [`${name} is new`];
    return threads > then.threads || fds > then.fds
      ? [`${name} has ${threads} threads and ${fds} descriptors, before ${then.threads} and ${then.fds}`] : [];
  });
  const detail = () => Object.values(counts()).map(({pid}) => `${pid}: ${descriptorsOf(pid).join(' ')}`).join('\n');
  await until(() => excess().length === 0, () => `the counts of before: ${excess().join('; ')}\n${detail()}`,
    {seconds: grace, every: 250});
}

test('50 joins and leaves', async t => {
  const host = await on.player(0);
  await host.play('nes/counter');
  const cycle = async number => {
    const guest = await on.player(1);
    await guest.join(host);
    if (number % 2) await guest.page.click('.bar [data-action="leave"]').catch(() => {});
    await guest.leave();
  };
  // What is made once and kept, like an encoder or a thread pool, is made by the first ones.
  for (let i = 0; i < 4; i++) await cycle(i);
  const before = await still();
  for (let i = 0; i < 50; i++) await cycle(i);
  await backTo(before);
  t.diagnostic(JSON.stringify({before, after: counts()}));
  await host.changesIn(30);
  await host.leave();
});

test('ten rooms opened and closed', async () => {
  const idle = () => until(() => on.server.processesOf('room').length === 1, 'the end of all rooms but the spare');
  await idle();
  const visit = async () => {
    const player = await on.player(0);
    await player.play('nes/flash');
    await player.leave();
    await idle();
  };
  for (let i = 0; i < 2; i++) await visit();
  const lasting = () => on.server.processes().filter(({role}) => ['all', 'worker'].includes(role))
    .map(({role, threads, fds}) => ({role, threads, fds}));
  await still();
  const before = lasting();
  for (let i = 0; i < 10; i++) await visit();
  await until(() => lasting().every(({threads, fds}, i) => threads <= before[i].threads && fds <= before[i].fds),
    () => `${JSON.stringify(lasting())} to be as ${JSON.stringify(before)}`, {seconds: grace});
  assert.equal(on.server.processesOf('emulator').length <= 1, true, 'no emulator but the spare room\'s');
});
