import {randomBytes} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {Server, coordinatorArgs, testCores, testGames} from './server.js';
import {until} from './until.js';

/** A coordinator and workers as processes of their own, as on several machines; each can be killed and started again. */
export class Fleet extends Server {
  /**
   * @param {object} [given]
   * @param {string[][]} [given.workers]    flags of each
   * @param {string[]} [given.args]         flags of the coordinator
   * @param {string[]} [given.gamesDirs]    default: the test ROMs
   * @returns {Promise<Fleet>} ready, with all workers
   */
  static async start({workers = [[]], args = [], gamesDirs = testGames} = {}) {
    const port = await freePort();
    const fleet = new Fleet(['--role=coordinator', '--port', String(port), ...coordinatorArgs(gamesDirs), ...args]);
    fleet.args_ = [...coordinatorArgs(gamesDirs), ...args];
    fleet.port_ = port;
    await fleet.ready_();
    workers.forEach((args, i) => fleet.addWorker(`worker${i}`, args));
    await fleet.hasWorkers(workers.length);
    return fleet;
  }

  /** @param {string[]} args */
  constructor(args) {
    super(args);
    /** @type {Map<string, import('node:child_process').ChildProcess>} by name */
    this.workers = new Map();
    writeFileSync(this.token_, randomBytes(32).toString('hex'), {mode: 0o600});
  }

  /** What every role is started with. @param {string[]} args  @param {string[]} [at] */
  launch_(args, at) {
    return super.launch_([...args, '--worker-token-file', this.token_], at);
  }

  /**
   * @param {string} name
   * @param {string[]} args
   * @param {{coordinator?: string, at?: string[]}} [given]  its address; what the command line begins with
   */
  addWorker(name, args = [], {coordinator = `ws://127.0.0.1:${this.port_}`, at} = {}) {
    this.workers.set(name, this.launch_(['--role=worker', '--coordinator', coordinator,
      '--data-dir', path.join(this.home, name), '--drain-time=0', ...testCores, ...args], at));
  }

  /** @param {number} count */
  async hasWorkers(count) {
    await until(async () => (await this.health_()).workers === count, `${count} workers`);
  }

  /** Ends the coordinator as a power cut would; nothing else. */
  async killCoordinator() {
    const gone = new Promise(resolve => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await gone;
  }

  /** Starts it anew, at the same address. */
  async restartCoordinator() {
    this.log = '';
    this.process = this.launch_(['--data-dir', path.join(this.home, 'data'), '--games-dir', this.gamesDir_,
      '--role=coordinator', '--port', String(this.port_), ...this.args_]);
    await this.ready_();
  }

  async stop() {
    for (const worker of this.workers.values()) worker.kill('SIGTERM');
    await super.stop();
  }

  async health_() {
    return (await fetch(`${this.url}/healthz`)).json();
  }

  get token_() {
    return path.join(this.home, 'token');
  }
}

/** @returns {Promise<number>} a port that nobody listens on now */
async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const {port} = /** @type {net.AddressInfo} */ (server.address());
  await new Promise(resolve => server.close(resolve));
  return port;
}
