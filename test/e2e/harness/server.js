import {spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {hasCore, processesWith} from './processes.js';
import {until} from './until.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The build directory whose binary, cores and games are tested. */
export const build = path.resolve(process.env.BUILD ?? path.join(root, 'build-test'));

export const testGames = [path.join(build, 'cores/test-games')];
export const testCores = ['--cores-dir', path.join(build, 'cores/test-lib')];
/** @param {string[]} gamesDirs  @param {string} [host] */
export const coordinatorArgs = (gamesDirs, host = '127.0.0.1') => ['--host', host,
  '--catalogue', path.join(root, 'cores/test/catalogue.toml'), ...gamesDirs.flatMap(dir => ['--games-dir', dir])];

/** The real server, all roles, on a free port of this machine, with nothing of this account's own settings. */
export class Server {
  /**
   * @param {object} [given]
   * @param {string[]} [given.args]      further flags
   * @param {string[]} [given.gamesDirs] default: the test ROMs
   * @param {string} [given.host]        its address
   * @param {string[]} [given.at]        what the command line begins with: it can run in another network namespace
   * @returns {Promise<Server>} ready
   */
  static async start({args = [], gamesDirs = testGames, host, at} = {}) {
    const server = new Server(
      [...testCores, '--port', '0', '--room-grace', '1', ...coordinatorArgs(gamesDirs, host), ...args], at);
    await server.ready_();
    return server;
  }

  /** @param {string[]} args  @param {string[]} [at] */
  constructor(args, at) {
    this.home = mkdtempSync(path.join(tmpdir(), 'cloudretro-e2e-'));
    mkdirSync(this.gamesDir_);
    this.tag_ = `E2E_SERVER=${randomUUID()}`;
    this.log = '';
    this.process = this.launch_(['--data-dir', path.join(this.home, 'data'), '--games-dir', this.gamesDir_, ...args], at);
  }

  /**
   * @param {string[]} args
   * @param {string[]} [at]  what the command line begins with
   */
  launch_(args, at = []) {
    const [name, value] = this.tag_.split('=');
    const [command, ...rest] = [...at, path.join(build, 'cloudretro'), ...args];
    const child = spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH, HOME: this.home, [name]: value, XDG_RUNTIME_DIR: this.home,
        // The plugin registry is the same for all: reading every plugin anew costs seconds.
        GST_REGISTRY: path.join(build, 'gstreamer-registry.bin'),
      },
    });
    child.stderr.on('data', text => { this.log += text; });
    return child;
  }

  async ready_() {
    this.process.stdout.on('data', text => { this.log += text; });
    const url = () => /^Cloudretro is ready: (http:\/\/[\w.]+:\d+)/m.exec(this.log)?.[1];
    await until(() => url() || this.process.exitCode !== null, () => `the server's address; it said:\n${this.log}`);
    this.url = url();
    if (!this.url) throw new Error(`The server ended:\n${this.log}`);
  }

  /** @returns {import('./processes.js').Process[]} of all roles */
  processes() {
    return processesWith(this.tag_);
  }

  /** @param {string} role */
  processesOf(role) {
    return this.processes().filter(process => process.role === role);
  }

  /** The processes of the game that runs, not of the warm spare. @returns {{room: number, emulator: number}} */
  inUse() {
    const emulator = this.processesOf('emulator').find(({pid}) => hasCore(pid));
    if (!emulator) throw new Error(`no game runs; the server said:\n${this.log}`);
    return {room: emulator.parent, emulator: emulator.pid};
  }

  /** Waits until the library has a game. @param {string} id */
  async lists(id) {
    await until(async () => {
      const games = await (await fetch(`${this.url}/api/games`)).json();
      return games.some(game => game.id === id);
    }, `${id} in the library`);
  }

  /**
   * Ends the server as Ctrl-C would.
   * @throws when it, or a child of it, is still there after the time that the server promises
   */
  async stop() {
    this.process.kill('SIGTERM');
    try {
      await until(() => this.processes().length === 0, () => `the end of ${JSON.stringify(this.processes())}`,
        {seconds: 10});
    } finally {
      for (const {pid} of this.processes()) process.kill(pid, 'SIGKILL');
      rmSync(this.home, {recursive: true, force: true});
    }
  }

  /** A folder of games to be filled by the test. @param {string} system */
  gamesFolder(system) {
    const folder = path.join(this.gamesDir_, system);
    mkdirSync(folder, {recursive: true});
    return folder;
  }

  get gamesDir_() {
    return path.join(this.home, 'games');
  }
}
