import {accepted} from '../refusal.js';

/**
 * @typedef {object} AdminPlayer
 * @property {string} name
 * @property {number[]} seats
 * @property {boolean} away
 * @property {number} roundTrip  ms; like all figures here: negative while not measured
 * @property {number} lost       of the packets, 0..1
 * @property {number} bitrate    bit/s
 * @property {number} latency    ms
 *
 * @typedef {object} AdminRoom
 * @property {string} id
 * @property {string} game
 * @property {string} system
 * @property {string} worker  its id
 * @property {AdminPlayer[]} players
 * @property {number} observers
 * @property {boolean} public
 * @property {boolean} locked
 * @property {boolean} paused
 * @property {number} age      seconds
 * @property {string} picture  path of a thumbnail, or empty
 * @property {string} why      this worker
 *
 * @typedef {object} AdminWorker
 * @property {string} id
 * @property {string} name
 * @property {string} region
 * @property {number} cpu
 * @property {number} memoryMiB
 * @property {number} rooms
 * @property {number} capacity
 * @property {number} players
 * @property {number} roundTrip
 * @property {boolean} draining
 * @property {string[]} cores
 * @property {string} version
 * @property {string[]} sandbox  layers around the last game that began there; ["none"]; empty: none began yet
 *
 * @typedef {{workers: AdminWorker[], rooms: AdminRoom[]}} AdminView
 */

/** Talks to /api/admin with the token. Every method throws a Refusal when it is refused. */
export class Client {
  /** @param {typeof fetch} fetch */
  constructor(fetch) {
    this.fetch_ = fetch;
    this.token = '';
  }

  /** @returns {Promise<AdminView>} */
  async view() {
    return (await this.ask_('/api/admin')).json();
  }

  /** @param {string} path  @returns {Promise<Blob>} */
  async picture(path) {
    return (await this.ask_(path)).blob();
  }

  /** @param {string} worker  @param {boolean} on */
  async drain(worker, on) {
    await this.order_('drain', {worker, on});
  }

  /** @param {string} room */
  async close(room) {
    await this.order_('close', {room});
  }

  /** @param {string} room  empty: everybody  @param {string} text */
  async message(room, text) {
    await this.order_('message', {room, text});
  }

  /** @param {string} action  @param {object} order */
  order_(action, order) {
    return this.ask_(`/api/admin/${action}`, {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(order),
    });
  }

  /** @param {string} path  @param {{method?: string, headers?: Record<string, string>, body?: string}} [given] */
  ask_(path, {headers, ...rest} = {}) {
    const authorization = this.token ? {Authorization: `Bearer ${this.token}`} : null;
    return accepted(this.fetch_(path, {...rest, headers: {...headers, ...authorization}}));
  }
}
