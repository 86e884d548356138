import {fork} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {until} from './until.js';

const program = fileURLToPath(new URL('./page_process.js', import.meta.url));

/**
 * @typedef {object} View
 * @property {import('../../../webroot/js/session.js').State} state
 * @property {string} room    id
 * @property {string} person  id of who sits here
 * @property {import('../../../webroot/js/protocol.js').RoomChanged | null} facts  the last that the server told
 * @property {import('../../../webroot/js/protocol.js').Trouble | null} trouble
 * @property {number} pictures  that came over the current connection
 */

/** A scripted page in a process of its own: it can be killed. */
export class RemotePage {
  /**
   * @param {string} url  of the server
   * @param {{name: string, key?: string, tab?: string}} identity
   */
  static async open(url, {name, key = randomBytes(16).toString('hex'), tab = randomBytes(16).toString('hex')}) {
    const page = new RemotePage(url, {name, key, tab});
    await until(() => page.view, `the process of ${name}`, {seconds: 60});
    return page;
  }

  constructor(url, identity) {
    this.identity = identity;
    /** @type {View} the last that it told */
    this.view = /** @type {any} */ (null);
    this.number_ = 0;
    this.waiting_ = new Map();
    this.process_ = fork(program, [url, JSON.stringify(identity)], {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
    this.process_.on('message', (/** @type {{done: number, view: View}} */ {done, view}) => {
      this.view = view;
      this.waiting_.get(done)?.();
      this.waiting_.delete(done);
    });
  }

  /**
   * Calls a method of the ScriptedPage there; afterwards, `view` is what came of it at once.
   * @param {'play' | 'leave' | 'say' | 'hold' | 'reload'} method
   * @param {any[]} given
   */
  async do(method, ...given) {
    const number = ++this.number_;
    await new Promise(resolve => {
      this.waiting_.set(number, resolve);
      this.process_.send({number, method, given});
    });
  }

  /** Ends the process on the spot: nothing there can say goodbye. */
  async kill() {
    if (this.process_.exitCode !== null || this.process_.signalCode !== null) return;
    const exit = once(this.process_, 'exit');
    this.process_.kill('SIGKILL');
    await exit;
  }
}
