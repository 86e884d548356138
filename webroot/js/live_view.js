import {find, fromTemplate} from './elements.js';
import {pathOf} from './router.js';
import {systemOf} from './systems.js';

/** @typedef {import('./protocol.js').OpenRoom} OpenRoom */

/** The shelf of games that are being played now and that everybody may join or watch. */
export class LiveView {
  /**
   * @param {HTMLElement} root
   * @param {import('./live.js').Live} live
   */
  constructor(root, live) {
    this.root = root;
    this.cards_ = find(root, '.cards', HTMLElement);
    /** @type {Map<string, HTMLElement>} by room */
    this.shown_ = new Map();
    live.on('change', () => this.render_(live.rooms));
  }

  /** @param {readonly OpenRoom[]} rooms */
  render_(rooms) {
    this.root.hidden = rooms.length === 0;
    /** @type {Map<string, HTMLElement>} */
    const next = new Map();
    for (const room of rooms) next.set(room.id, this.fill_(this.shown_.get(room.id) ?? fromTemplate('live'), room));
    this.shown_ = next;
    this.cards_.replaceChildren(...next.values());
  }

  /**
   * @param {HTMLElement} card
   * @param {OpenRoom} room
   */
  fill_(card, room) {
    card.dataset.room = room.id;
    card.style.setProperty('--system', systemOf(room.game.system).color);
    const link = find(card, 'a', HTMLAnchorElement);
    const verb = room.freeSeat && !room.locked ? 'Join' : 'Watch';
    link.href = pathOf.room(room.id);
    link.setAttribute('aria-label', `${verb}: ${room.game.name}`);
    find(card, '.verb', HTMLElement).textContent = room.locked ? 'Locked' : verb;
    find(card, 'h3', HTMLElement).textContent = room.game.name;
    find(card, 'p', HTMLElement).textContent = whoIsThere(room);
    const photo = find(card, 'img', HTMLImageElement);
    photo.hidden = !room.photo;
    if (room.photo) photo.src = `/api/rooms/${encodeURIComponent(room.id)}/photo?${Math.floor(Date.now() / 5000)}`;
    return card;
  }
}

/** @param {OpenRoom} room */
function whoIsThere({players, watching}) {
  const names = players.length ? players.join(', ') : 'Nobody plays';
  return watching > 0 ? `${names} · ${watching} watching` : names;
}
