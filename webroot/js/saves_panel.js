import {download} from './download.js';
import {Refusal} from './refusal.js';
import {fileNameOf, isNumbered, titleOf} from './save_words.js';
import {Source} from './source.js';

/** @typedef {import('./saves_view.js').Order} Order */

/**
 * The panel of saves at work: what it shows, and what becomes of what is asked for in it.
 * @extends {Source<{say: import('./play_view.js').Saying, shown: boolean}>}
 */
export class SavesPanel extends Source {
  /**
   * @param {object} parts
   * @param {import('./saves_view.js').SavesView} parts.view
   * @param {import('./saves.js').Saves} parts.saves
   * @param {import('./saving.js').Saving} parts.saving
   * @param {import('./question.js').Question} parts.question
   */
  constructor({view, saves, saving, question}) {
    super();
    this.view_ = view;
    this.saves_ = saves;
    this.saving_ = saving;
    this.question_ = question;
    this.game_ = '';
    this.foreign_ = false;
    view
      .on('close', () => { this.shown = false; })
      .on('order', order => this.obey_(order));
    saving.on('rights', why => { view.refusal = why; });
    saves.on('changed', game => {
      if (game === this.game_) this.refresh();
    });
  }

  get shown() {
    return this.view_.shown;
  }

  set shown(on) {
    if (on === this.shown) return;
    this.view_.shown = on;
    this.emit('shown', on);
    if (on) this.refresh();
  }

  /** Another game, of which nothing is known yet. @param {string} id */
  set game(id) {
    if (id === this.game_) return;
    this.game_ = id;
    this.view_.saves = [];
    this.refresh();
  }

  /** @param {string} name  of whose saves these are; empty: of this person */
  set owner(name) {
    this.foreign_ = name !== '';
    this.view_.owner = name;
  }

  async refresh() {
    if (!this.shown || !this.game_ || this.foreign_) return;
    const game = this.game_;
    await this.try_(async () => {
      const saves = await this.saves_.of(game);
      if (game === this.game_) this.view_.saves = saves;
    });
  }

  /** @param {Order} order */
  obey_({does, slot, save, file}) {
    switch (does) {
      case 'save': return this.saving_.save(slot.slot);
      case 'load': return this.saving_.load(slot.slot, save && !save.current ? save.sequence : 0);
      case 'upload': return file && this.upload_(slot, file);
    }
    if (!save) return;
    switch (does) {
      case 'rename': return this.rename_(save);
      case 'remove': return this.remove_(slot, save);
      case 'download': return this.try_(async () => download(await this.saves_.bytes(save), fileNameOf(save)));
      case 'restore': return this.try_(() => this.saves_.restore(save), `${titleOf(slot)} holds that version again`);
    }
  }

  /** @param {import('./saves.js').Place} place  @param {File} file */
  upload_(place, file) {
    this.emit('say', {text: 'Uploading…', lasts: 60_000});
    return this.try_(() => this.saves_.upload(this.game_, place, file), `Stored in ${inSentence(place)}`);
  }

  /** @param {import('./protocol.js').SaveView} save */
  async rename_(save) {
    const name = await this.question_.ask({
      title: `A name for ${inSentence(save)}`, what: 'So that you know it again.', yes: 'Rename', text: save.name, optional: true,
    });
    if (name !== null) await this.try_(() => this.saves_.rename(save, name), 'Renamed');
  }

  /** @param {import('./save_words.js').Slot} slot  @param {import('./protocol.js').SaveView} save */
  async remove_(slot, save) {
    const older = slot.versions.length - 1;
    const what = older > 0 ? `Its ${older} other ${older === 1 ? 'version goes' : 'versions go'} too. This cannot be undone.`
      : 'This cannot be undone.';
    const sure = await this.question_.ask({title: `Delete ${inSentence(save)}?`, what, yes: 'Delete'});
    if (sure !== null) await this.try_(() => this.saves_.remove(save), `Deleted: ${inSentence(save)}`);
  }

  /** @param {() => Promise<void>} action  @param {string} [done]  what is said then */
  async try_(action, done = '') {
    try {
      await action();
      if (done) this.emit('say', {text: done});
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.emit('say', {text: `${error.message} ${error.remedy}`, lasts: 12_000});
    }
  }
}

/** @param {import('./saves.js').Place} place */
function inSentence(place) {
  const title = titleOf(place);
  return isNumbered(place) ? title.toLowerCase() : `the ${title.toLowerCase()}${place.kind === 'state' ? ' save' : ''}`;
}
