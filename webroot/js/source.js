/** CustomEvent, which Node 18 lacks. */
class DetailEvent extends Event {
  /**
   * @param {string} name
   * @param {any} detail
   */
  constructor(name, detail) {
    super(name);
    this.detail = detail;
  }
}

/**
 * An EventTarget whose events have names and types: `source.on('change', value => …)`.
 * @template {Record<string, any>} Events  event name ▶ what its listeners get
 */
export class Source extends EventTarget {
  /**
   * @template {keyof Events & string} Name
   * @param {Name} name
   * @param {(detail: Events[Name]) => void} listener
   * @param {AbortSignal} [signal]  ends the listening
   * @returns {this}
   */
  on(name, listener, signal) {
    this.addEventListener(name, event => listener(/** @type {DetailEvent} */ (event).detail), {signal});
    return this;
  }

  /**
   * @template {keyof Events & string} Name
   * @param {Name} name
   * @param {Events[Name]} detail
   */
  emit(name, detail) {
    this.dispatchEvent(new DetailEvent(name, detail));
  }
}
