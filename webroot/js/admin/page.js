import {find} from '../elements.js';
import {KeyedList} from './keyed_list.js';
import {showRoom} from './room_view.js';
import {showWorker} from './worker_view.js';

/** @typedef {import('./client.js').AdminView} AdminView */
/** @typedef {'starting' | 'gate' | 'off' | 'admin'} State */

/** What is seen. It decides nothing. */
export class Page {
  /** @param {Document} document  @param {import('../pictures.js').Pictures} pictures */
  constructor(document, pictures) {
    this.body_ = document.body;
    this.admin_ = find(document, '#admin', HTMLElement);
    this.token = find(document, '#token', HTMLInputElement);
    /** @type {AdminView} */
    this.view = {workers: [], rooms: []};
    this.workers_ = new KeyedList(find(this.admin_, '.workers tbody', HTMLElement), 'worker', showWorker);
    /** @type {KeyedList<import('./client.js').AdminRoom>} */
    this.rooms_ = new KeyedList(find(this.admin_, '.rooms', HTMLElement), 'room', (element, room) =>
      showRoom(element, room, this.nameOf_(room.worker), pictures));
  }

  /** @param {State} state */
  set state(state) {
    if (this.body_.dataset.state === state) return;
    this.body_.dataset.state = state;
    for (const name of ['gate', 'off', 'admin']) find(this.body_, `#${name}`, HTMLElement).hidden = name !== state;
    for (const button of this.body_.querySelectorAll('header button')) {
      if (button instanceof HTMLElement) button.hidden = state !== 'admin';
    }
    if (state === 'gate') this.token.focus();
  }

  /** @param {AdminView} view */
  show(view) {
    this.view = view;
    this.state = 'admin';
    this.trouble_('');
    this.workers_.show(view.workers);
    this.rooms_.show(view.rooms);
    find(this.admin_, '#no-rooms', HTMLElement).hidden = view.rooms.length > 0;
    find(this.admin_, '#no-workers', HTMLElement).hidden = view.workers.length > 0;
    find(this.admin_, '.workers', HTMLElement).hidden = view.workers.length === 0;
    this.total_('players', view.rooms.reduce((sum, {players}) => sum + players.length, 0));
    this.total_('observers', view.rooms.reduce((sum, {observers}) => sum + observers, 0));
    this.total_('rooms', view.rooms.length);
    this.total_('capacity', view.workers.reduce((sum, worker) => sum + (worker.draining ? 0 : Math.max(0, worker.capacity)), 0));
    this.total_('workers', view.workers.length);
  }

  /** What was seen last stays. @param {string} sentence */
  lose(sentence) {
    this.state = 'admin';
    this.trouble_(sentence);
  }

  /** @param {string} sentence  empty: all is well */
  trouble_(sentence) {
    const element = find(this.admin_, '.trouble', HTMLElement);
    element.hidden = !sentence;
    element.textContent = sentence;
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.state = 'gate';
    find(this.body_, '#gate-verdict', HTMLElement).textContent = sentence;
  }

  /** @param {string} cause  @param {string} remedy */
  explainOff(cause, remedy) {
    this.state = 'off';
    find(this.body_, '#off .cause', HTMLElement).textContent = cause;
    find(this.body_, '#off .remedy', HTMLElement).textContent = remedy;
  }

  /** @param {string} sentence */
  toast(sentence) {
    find(this.body_, '.toast', HTMLElement).textContent = sentence;
    clearTimeout(this.toasting_);
    this.toasting_ = setTimeout(() => this.toast(''), 4000);
    if (!sentence) clearTimeout(this.toasting_);
  }

  /** @param {string} name  @param {number} value */
  total_(name, value) {
    find(this.admin_, `[data-total=${name}]`, HTMLElement).textContent = String(value);
  }

  /** @param {string} id */
  nameOf_(id) {
    return this.view.workers.find(worker => worker.id === id)?.name ?? '';
  }
}
