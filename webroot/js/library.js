import {decodeGames} from './protocol.js';
import {Source} from './source.js';

/** @typedef {import('./protocol.js').Game} Game */

/**
 * The games of the server.
 * @extends {Source<{change: void}>}
 */
export class Library extends Source {
  /** @param {() => Promise<Response>} fetchGames */
  constructor(fetchGames) {
    super();
    this.fetch_ = fetchGames;
    /** @type {'loading' | 'ready' | 'failed'} */
    this.state = 'loading';
    /** @type {readonly Game[]} by name */
    this.games = [];
    this.asked_ = 0;
  }

  /** Games already shown stay when this fails. */
  async refresh() {
    const asked = ++this.asked_;
    const games = await this.load_();
    if (asked !== this.asked_) return;
    if (games) this.games = games.sort((a, b) => a.name.localeCompare(b.name, undefined, {numeric: true}));
    this.state = games || this.games.length ? 'ready' : 'failed';
    this.emit('change', undefined);
  }

  /** @param {string} id */
  find(id) {
    return this.games.find(game => game.id === id);
  }

  /** @returns {{id: string, name: string, count: number}[]} the systems that have games, by name */
  get systems() {
    /** @type {Map<string, {id: string, name: string, count: number}>} */
    const systems = new Map();
    for (const {system: id, systemName: name} of this.games) {
      const entry = systems.get(id);
      if (entry) entry.count++;
      else systems.set(id, {id, name, count: 1});
    }
    return [...systems.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  async load_() {
    try {
      const response = await this.fetch_();
      return response.ok ? decodeGames(await response.json()) : null;
    } catch {
      return null;
    }
  }
}
