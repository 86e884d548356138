import {whyNoSaving} from './people.js';
import {quickSlot} from './save_words.js';
import {Source} from './source.js';

/** @typedef {import('./protocol.js').Trouble} Trouble */
/** @typedef {import('./play_view.js').Saying} Saying */

/** The server itself gives up sooner, and says why. */
const patience = 25_000; // ms
const undoTime = 8_000;

/**
 * Saving, loading and rewinding in the room that a session is in: what is asked for, and what came of it.
 * `say`: for the person to read; `rights`: why one may not, empty: one may.
 * @extends {Source<{say: Saying, rights: string, rewinding: boolean}>}
 */
export class Saving extends Source {
  /** @param {import('./session.js').Session} session */
  constructor(session) {
    super();
    this.session_ = session;
    this.why_ = '';
    this.rewinding_ = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.watch_ = undefined;
    session
      .on('saved', message => this.saved_(message))
      .on('loaded', message => this.loaded_(message))
      .on('room', () => this.judge_())
      .on('state', () => {
        if (!session.active) clearTimeout(this.watch_);
        this.judge_();
      });
  }

  /** @param {string} [slot]  @param {string} [name] */
  save(slot = quickSlot, name = '') {
    this.ask_({type: 'saveGame', slot, name}, 'Saving…', 'The game was not saved: no answer came.');
  }

  /** @param {string} [slot]  @param {number} [sequence]  of its history; 0: what it holds */
  load(slot = quickSlot, sequence = 0) {
    this.ask_({type: 'loadGame', slot, sequence}, 'Loading…', 'The save was not loaded: no answer came.');
  }

  undo() {
    this.ask_({type: 'undoLoad'}, 'Going back…', 'The load was not undone: no answer came.');
  }

  /** @param {boolean} on */
  rewind(on) {
    if (on === this.rewinding_) return;
    if (on && this.why_) return this.emit('say', {text: this.why_});
    this.rewinding_ = on;
    this.session_.say({type: 'rewind', on});
    this.emit('rewinding', on);
  }

  /**
   * @param {import('./protocol.js').FromBrowser} wish
   * @param {string} meanwhile
   * @param {string} silence  what is said when no answer comes
   */
  ask_(wish, meanwhile, silence) {
    if (this.why_) return this.emit('say', {text: this.why_});
    if (!this.session_.say(wish)) return this.emit('say', {text: 'The server does not answer; try again in a moment.'});
    clearTimeout(this.watch_);
    this.watch_ = setTimeout(() => this.emit('say', {text: silence, lasts: 2 * undoTime}), patience);
    this.emit('say', {text: meanwhile, lasts: patience + 1_000});
  }

  /** @param {import('./protocol.js').GameSaved} message */
  saved_({slot, person, trouble}) {
    const who = this.answered_(person);
    if (trouble.code) return this.emit('say', failure('The game was not saved.', trouble));
    if (slot === 'auto') return;
    this.emit('say', {text: who ? `${who} saved in slot ${slot}` : `Saved in slot ${slot}`});
  }

  /** @param {import('./protocol.js').GameLoaded} message */
  loaded_({slot, person, trouble}) {
    const who = this.answered_(person);
    if (trouble.code) return this.emit('say', failure('The save was not loaded.', trouble));
    if (!slot) return this.emit('say', {text: who ? `${who} undid the load` : 'Back to before the load'});
    const place = slot === 'auto' ? 'the automatic save' : `slot ${slot}`;
    const undo = this.why_ ? {} : {action: {name: 'undo-load', label: 'Undo'}, lasts: undoTime};
    this.emit('say', {text: who ? `${who} loaded ${place}` : `Loaded ${place}`, ...undo});
  }

  /**
   * @param {string} person  who asked for what was answered
   * @returns {string} their name; empty: it was this person
   */
  answered_(person) {
    if (person === this.session_.joined?.person) {
      clearTimeout(this.watch_);
      return '';
    }
    return this.session_.room?.people.find(({id}) => id === person)?.name ?? 'Somebody';
  }

  judge_() {
    const why = this.session_.state === 'playing' ? whyNoSaving(this.session_.room, this.session_.joined?.person ?? '')
      : 'The game is not there yet.';
    if (why) this.rewind(false);
    if (why === this.why_) return;
    this.why_ = why;
    this.emit('rights', why);
  }
}

/**
 * @param {string} what  did not work
 * @param {Trouble} trouble
 * @returns {Saying}
 */
const failure = (what, {message, remedy}) => ({text: [what, message, remedy].filter(part => part).join(' '), lasts: 2 * undoTime});
