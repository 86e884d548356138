import {Source} from './source.js';

/** @typedef {{regions: string[], workers: string[]}} Known */

/**
 * Where games may run, and where this person wants them to: anywhere (the nearest machine), in a region, or on one machine.
 * A wish in the page's address comes before the one that was kept. `change`: what is known or chosen.
 * @extends {Source<{change: void}>}
 */
export class Places extends Source {
  /**
   * @param {import('./preferences.js').Preferences} preferences
   * @param {() => Promise<Response>} fetchStatus
   * @param {{region?: string | null, worker?: string | null}} [asked]  by the page's address
   */
  constructor(preferences, fetchStatus, {region, worker} = {}) {
    super();
    this.preferences_ = preferences;
    this.fetch_ = fetchStatus;
    this.asked_ = region || worker ? {region: region ?? '', worker: worker ?? ''} : null;
    /** @type {Known} */
    this.known = {regions: [], workers: []};
  }

  /** "region:eu", "worker:host1", or empty: the nearest. */
  get choice() {
    if (this.asked_) return this.asked_.worker ? `worker:${this.asked_.worker}` : `region:${this.asked_.region}`;
    const kept = this.preferences_.get('place', '');
    const {regions, workers} = this.known;
    // What is not there now counts for nothing, until it is back.
    const [kind, name] = split(kept);
    return !workers.length || (kind === 'region' ? regions : workers).includes(name) ? kept : '';
  }

  set choice(choice) {
    this.asked_ = null;
    this.preferences_.set('place', choice);
    this.emit('change', undefined);
  }

  get region() {
    return this.asked_?.region ?? this.wished_('region');
  }

  get worker() {
    return this.asked_?.worker ?? this.wished_('worker');
  }

  async refresh() {
    try {
      const {workers} = await (await this.fetch_()).json();
      const names = (/** @type {'name' | 'region'} */ field) =>
        [...new Set(workers.map((/** @type {any} */ worker) => String(worker[field] ?? '')))].filter(name => name).sort();
      this.known = {regions: names('region'), workers: names('name')};
    } catch {
      return; // what was known still may be true
    }
    this.emit('change', undefined);
  }

  /** @param {string} wanted */
  wished_(wanted) {
    const [kind, name] = split(this.choice);
    return kind === wanted ? name : '';
  }
}

/** @param {string} choice  @returns {[string, string]} kind and name */
function split(choice) {
  const at = choice.indexOf(':');
  return [choice.slice(0, at), choice.slice(at + 1)];
}
