import {decodeRooms} from './protocol.js';
import {Source} from './source.js';

/** @typedef {import('./protocol.js').OpenRoom} OpenRoom */

const freshPhotos = 5_000;

/**
 * The rooms that everybody may see. Asks again when the server says so, and for new photos while it is shown.
 * @extends {Source<{change: void}>}
 */
export class Live extends Source {
  /** @param {() => Promise<Response>} fetchRooms */
  constructor(fetchRooms) {
    super();
    this.fetch_ = fetchRooms;
    /** @type {readonly OpenRoom[]} */
    this.rooms = [];
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer_ = undefined;
  }

  /** @param {boolean} on  whether somebody looks */
  set shown(on) {
    clearInterval(this.timer_);
    if (!on) return;
    this.timer_ = setInterval(() => {
      if (this.rooms.length && !document.hidden) this.refresh();
    }, freshPhotos);
    this.refresh();
  }

  async refresh() {
    try {
      const response = await this.fetch_();
      this.rooms = (response.ok ? decodeRooms(await response.json()) : null) ?? this.rooms;
    } catch {
      return; // those that were shown stay
    }
    this.emit('change', undefined);
  }
}
