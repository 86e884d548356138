// How much a machine carries: rooms with a player each, and then one room with everybody in it, more and more until
// pictures come late. Nobody decodes here: the players are scripts (test/e2e/harness/scripted_page.js) within this
// process, over loopback. They need CPU of the same cores, which is told apart.
import {availableParallelism} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {Fleet} from '../e2e/harness/fleet.js';
import {hasCore} from '../e2e/harness/processes.js';
import {ScriptedPage} from '../e2e/harness/scripted_page.js';
import {build} from '../e2e/harness/server.js';
import {until} from '../e2e/harness/until.js';
import {cpuBetween, readCpu} from './cpu.js';
import {circumstances, percentiles, row} from './report.js';

const seconds = Number(process.argv[2] ?? 4); // of each measurement
const game = process.argv[3] ?? 'nes/Paint Paws';
const patience = 40_000; // ms after which no further step of a part begins
const steps = [1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128];
// A whole interval: a picture further off comes when the next is due. And part of the game's own frame rate.
const late = {off: 16, fps: 59 / 60}; // ms that 99 of 100 intervals keep within

/** Somebody who plays, and presses buttons. */
class Player {
  /** @param {Fleet} server  @param {import('../../webroot/js/session.js').Wish} wish */
  static async enter(server, wish) {
    const page = new ScriptedPage(server.url);
    page.play(wish);
    await until(() => ['playing', 'failed'].includes(page.session.state), () => `a game; the server said\n${server.log}`);
    const {trouble} = page.session;
    if (!trouble) return new Player(page);
    page.close();
    if (trouble.code !== 'no-capacity') throw new Error(trouble.message);
    // A worker keeps a reserve. Here the limit of the machine is sought, not its caution.
    server.addWorker(`worker${server.workers.size}`);
    await server.hasWorkers(server.workers.size);
    return Player.enter(server, wish);
  }

  /** @param {ScriptedPage} page */
  constructor(page) {
    this.page = page;
    const buttons = /** @type {const} */ (['left', 'right', 'up', 'down', 'a', 'start']);
    this.pressing_ = setInterval(() => page.hold([buttons[Math.floor(Math.random() * buttons.length)]]), 200);
  }

  leave() {
    clearInterval(this.pressing_);
    this.page.leave();
    this.page.close();
  }

  get fps() {
    return this.page.picture?.fps ?? 60;
  }

  get room() {
    return this.page.session.joined?.room ?? '';
  }
}

/** Waits until nothing starts up any more. @param {Fleet} server */
async function settle(server) {
  const spares = () => server.processesOf('room').length - server.processesOf('emulator').filter(({pid}) => hasCore(pid)).length;
  await until(() => spares() === server.processesOf('worker').length, 'a spare room for each worker');
  await delay(1000);
}

/** What one player gets in the next seconds. @param {Player} player */
async function watch({page, fps}) {
  page.pictures.times = [];
  const start = performance.now();
  await delay(1000 * seconds);
  const span = performance.now() - start;
  const {times} = page.pictures;
  page.pictures.times = null;
  const off = times.slice(1).map((time, i) => Math.abs(time - times[i] - 1000 / fps));
  return {fps: 1000 * times.length / span, off: percentiles(off).p99, steady: times.length >= late.fps * fps * span / 1000};
}

/** @param {Fleet} server  @param {Player[]} players */
async function measure(server, players) {
  const before = readCpu(server);
  const ownBefore = process.cpuUsage();
  await delay(500); // what arrived while this process read /proc has no time of its own
  const seen = await Promise.all(players.map(watch));
  const own = process.cpuUsage(ownBefore);
  const after = readCpu(server);
  const off = Math.max(...seen.map(each => each.off));
  return {
    fps: Math.min(...seen.map(each => each.fps)), off, onTime: off <= late.off && seen.every(each => each.steady),
    spent: cpuBetween(before, after), scripts: (own.user + own.system) / 10 / (after.at - before.at),
    ...circumstances(),
  };
}

/**
 * Adds players step by step until they get their pictures late, twice in a row.
 * @param {(player: Player | undefined) => import('../../webroot/js/session.js').Wish} wishOf  given the first player
 */
async function grow(wishOf) {
  const server = await Fleet.start({gamesDirs: [path.join(build, 'cores/games')]});
  const end = performance.now() + patience;
  /** @type {Player[]} */
  const players = [];
  const results = [];
  try {
    for (const step of steps) {
      while (players.length < step) players.push(await Player.enter(server, wishOf(players[0])));
      await settle(server);
      let result = await measure(server, players);
      if (!result.onTime) result = await measure(server, players); // something else may have come in between
      results.push({players: step, ...result});
      if (!result.onTime || performance.now() > end) break;
    }
  } finally {
    for (const player of players) player.leave();
    await server.stop();
  }
  return results;
}

/** @param {Awaited<ReturnType<typeof grow>>} results  @param {string} what */
function print(results, what) {
  const works = ['emulation', 'picture', 'sound', 'peers', 'loop', 'others'];
  console.log(row('date', 'commit', what, 'on time', 'fps', 'off by, p99 ms', ...works, 'scripts', 'load'));
  console.log(row(...Array(8 + works.length).fill('---')));
  for (const {date, commit, players, onTime, fps, off, spent, scripts, load} of results) {
    const cells = [...works.map(work => spent[work]), scripts].map(percent => percent.toFixed(1));
    console.log(row(date.slice(0, 10), commit, players, onTime ? 'yes' : 'no', fps.toFixed(1), off, ...cells, load.toFixed(1)));
  }
  const most = Math.max(0, ...results.filter(({onTime}) => onTime).map(({players}) => players));
  console.log(`\n${most / availableParallelism()} ${what} per core came on time, scripts included.\n`);
}

const rooms = await grow(() => ({game}));
const people = await grow(first => (first ? {room: first.room} : {game}));
console.log(JSON.stringify({game, seconds, rooms, people}, null, 2));
print(rooms, 'rooms');
print(people, 'people in a room');
process.exit(); // libdatachannel's threads would keep it
