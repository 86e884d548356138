import {Source} from './source.js';

/**
 * Named states and the only ways between them. An unlisted way throws: it is a mistake in the program.
 * @template {string} State
 * @extends {Source<{change: {from: State, to: State}}>}
 */
export class StateMachine extends Source {
  /**
   * @param {Record<State, readonly State[]>} ways  from each state to those that may follow
   * @param {State} initial
   */
  constructor(ways, initial) {
    super();
    this.ways_ = ways;
    this.state = initial;
  }

  /** @param {State} to */
  can(to) {
    return this.ways_[this.state].includes(to);
  }

  /** @param {State} to */
  go(to) {
    if (to === this.state) return;
    if (!this.can(to)) throw new Error(`no way from ${this.state} to ${to}`);
    const from = this.state;
    this.state = to;
    this.emit('change', {from, to});
  }
}
