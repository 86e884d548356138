import {Source} from './source.js';

const colours = ['Red', 'Blue', 'Green', 'Golden', 'Silver', 'Purple', 'Orange', 'Pink'];
const animals = ['Fox', 'Owl', 'Cat', 'Bear', 'Wolf', 'Frog', 'Panda', 'Tiger', 'Otter', 'Koala', 'Lynx', 'Hawk'];

/** @returns {string} 128 random bits; crypto.randomUUID is only for pages with https */
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {readonly string[]} list */
const anyOf = list => list[Math.floor(Math.random() * list.length)];

/**
 * Who sits at this browser, without an account: a secret key by which the server knows a player again, a name for
 * others to read, and a mark of this page that survives loading it anew.
 * @extends {Source<{name: string}>} name: it was changed
 */
export class Identity extends Source {
  /**
   * @param {import('./preferences.js').Preferences} preferences
   * @param {import('./preferences.js').Preferences} page  what is kept for this tab alone
   */
  constructor(preferences, page) {
    super();
    this.preferences_ = preferences;
    this.key = kept(preferences, 'playerKey', randomKey);
    this.tab = kept(page, 'tab', randomKey);
    this.name_ = kept(preferences, 'playerName', () => `${anyOf(colours)} ${anyOf(animals)}`);
  }

  get name() {
    return this.name_;
  }

  set name(name) {
    const wanted = name.trim().slice(0, 24).trim();
    this.asked = true;
    if (!wanted || wanted === this.name_) return;
    this.name_ = wanted;
    this.preferences_.set('playerName', wanted);
    this.emit('name', wanted);
  }

  /** @returns {boolean} whether the person was asked for a name before */
  get asked() {
    return this.preferences_.get('nameAsked', /** @type {boolean} */ (false));
  }

  set asked(on) {
    this.preferences_.set('nameAsked', on);
  }
}

/**
 * @param {import('./preferences.js').Preferences} preferences
 * @param {string} name
 * @param {() => string} make
 */
function kept(preferences, name, make) {
  const value = preferences.get(name, '') || make();
  preferences.set(name, value);
  return value;
}
