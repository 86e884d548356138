import {decodeSaves} from './protocol.js';
import {accepted, Refusal} from './refusal.js';
import {Source} from './source.js';

/** @typedef {import('./protocol.js').SaveView} SaveView */
/** @typedef {Pick<SaveView, 'kind' | 'slot'>} Place  where a save is, within its game */

/** What the server takes at most (store::maxSaveBytes). */
export const maxSaveBytes = 64 * 2 ** 20;

const notUnderstood = new Refusal({
  code: 'bad-answer',
  message: 'The server told of its saves in a way that this page does not understand.',
  remedy: 'Reload the page.',
});
const tooLarge = new Refusal({
  code: 'save-too-large',
  message: 'This file is larger than 64 MB.',
  remedy: 'Choose the file of a save.',
});

/** @param {string[]} parts  a game's id is two of them */
const pathTo = (...parts) => ['/api/saves', ...parts.flatMap(part => part.split('/')).map(encodeURIComponent)].join('/');

/** @param {SaveView} save */
const pathOfSave = ({game, kind, slot, sequence}) => pathTo(game.id, kind, slot, String(sequence));

/**
 * The saves of whoever sits at this browser. What asks the server throws a Refusal when that did not work.
 *
 * `recent` tells that the list of that name changed; `changed` that saves of a game did, whose id it gives.
 * @extends {Source<{recent: void, changed: string}>}
 */
export class Saves extends Source {
  /**
   * @param {string} key  the player's secret
   * @param {typeof fetch} fetch
   */
  constructor(key, fetch) {
    super();
    this.key_ = key;
    this.fetch_ = fetch;
    /** @type {readonly SaveView[]} the newest of each game, newest first */
    this.recent = [];
    this.shown_ = false;
    this.asked_ = 0;
  }

  /** @param {boolean} on  whether somebody looks at the recent ones */
  set shown(on) {
    this.shown_ = on;
    if (on) this.refresh();
  }

  /** @param {string} game  of which saves were made, or are gone */
  tell(game) {
    this.emit('changed', game);
    if (this.shown_) this.refresh();
  }

  /** Those that are shown already stay when this fails. */
  async refresh() {
    const asked = ++this.asked_;
    try {
      const recent = await this.list_(pathTo());
      if (asked !== this.asked_) return;
      this.recent = recent;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return;
    }
    this.emit('recent', undefined);
  }

  /**
   * @param {string} game  its id
   * @returns {Promise<SaveView[]>} all versions of all its slots, newest first
   */
  of(game) {
    return this.list_(pathTo(game));
  }

  /** @param {SaveView} save  @returns {string} for `picture` */
  pathOfPicture(save) {
    return save.picture ? `${pathOfSave(save)}/picture?${save.time}` : '';
  }

  /** @param {string} path  @returns {Promise<Blob>} */
  async picture(path) {
    return (await this.ask_(path)).blob();
  }

  /** @param {SaveView} save  @returns {Promise<Blob>} as the emulator wrote it */
  async bytes(save) {
    return (await this.ask_(pathOfSave(save))).blob();
  }

  /**
   * Stores a file as a new save.
   * @param {string} game  its id
   * @param {Place} place
   * @param {Blob} bytes
   */
  async upload(game, {kind, slot}, bytes) {
    if (bytes.size > maxSaveBytes) throw tooLarge;
    await this.ask_(pathTo(game, kind, slot),
      {method: 'POST', headers: {'Content-Type': 'application/octet-stream'}, body: bytes});
    this.tell(game);
  }

  /** @param {SaveView} save  @param {string} name */
  rename(save, name) {
    return this.change_(save, 'rename', {sequence: save.sequence, name});
  }

  /** With its history. @param {SaveView} save */
  remove(save) {
    return this.change_(save, 'remove', {});
  }

  /** Makes an older version what its slot holds. @param {SaveView} save */
  restore(save) {
    return this.change_(save, 'restore', {sequence: save.sequence});
  }

  /**
   * @param {SaveView} save
   * @param {string} action
   * @param {object} given
   */
  async change_({game, kind, slot}, action, given) {
    await this.ask_(pathTo(game.id, kind, slot, action),
      {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(given)});
    this.tell(game.id);
  }

  /** @param {string} path */
  async list_(path) {
    const json = await (await this.ask_(path)).json().catch(() => null);
    const saves = decodeSaves(json);
    if (!saves) throw notUnderstood;
    return saves;
  }

  /** @param {string} path  @param {{method?: string, headers?: Record<string, string>, body?: BodyInit}} [given] */
  ask_(path, {headers, ...rest} = {}) {
    return accepted(this.fetch_(path, {...rest, headers: {...headers, 'X-Player': this.key_}}));
  }
}
