/** What this person chose on this browser. Kept where the browser lets us, else for this visit. */
export class Preferences {
  /** @param {() => Storage} storage  may throw: a browser can forbid it */
  constructor(storage) {
    /** @type {Storage | null} */
    this.storage_ = null;
    try {
      this.storage_ = storage();
    } catch {
      // Kept in memory only.
    }
    /** @type {Map<string, unknown>} */
    this.values_ = new Map();
  }

  /**
   * @template {string | number | boolean} T
   * @param {string} name
   * @param {T} initial
   * @returns {T}
   */
  get(name, initial) {
    const value = this.values_.has(name) ? this.values_.get(name) : this.stored_(name);
    return typeof value === typeof initial ? /** @type {T} */ (value) : initial;
  }

  /**
   * @param {string} name
   * @param {string | number | boolean} value
   */
  set(name, value) {
    this.values_.set(name, value);
    try {
      this.storage_?.setItem(name, JSON.stringify(value));
    } catch {
      // Full or forbidden: kept in memory.
    }
  }

  /** @param {string} name */
  stored_(name) {
    try {
      return JSON.parse(this.storage_?.getItem(name) ?? 'null');
    } catch {
      return null;
    }
  }
}
