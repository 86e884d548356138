import {find, fromTemplate} from '../elements.js';
import {bitrate, count, duration, milliseconds, percent} from './format.js';

/** @typedef {import('./client.js').AdminRoom} AdminRoom */
/** @typedef {import('./client.js').AdminPlayer} AdminPlayer */

/** @param {AdminPlayer} player */
function figuresOf({away, roundTrip, lost, bitrate: bits, latency}) {
  if (away) return 'away';
  if (roundTrip < 0) return 'connecting';
  const shown = [milliseconds(roundTrip), bitrate(bits)];
  if (lost > 0) shown.push(`${percent(lost)} lost`);
  if (latency >= 0) shown.push(`${milliseconds(latency)} to the picture`);
  return shown.join(' · ');
}

/** @param {AdminPlayer} player */
function personOf(player) {
  const element = fromTemplate('person');
  element.classList.toggle('away', player.away);
  find(element, '.seats', HTMLElement).textContent = player.seats.map(seat => seat + 1).join(' ');
  find(element, '.name', HTMLElement).textContent = player.name || 'Somebody';
  find(element, '.figures', HTMLElement).textContent = figuresOf(player);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {AdminRoom} room
 * @param {string} worker  its name
 * @param {import('../pictures.js').Pictures} pictures
 */
export function showRoom(element, room, worker, pictures) {
  /** @param {string} selector  @param {string} text */
  const write = (selector, text) => { find(element, selector, HTMLElement).textContent = text; };
  /** @param {string} selector  @param {boolean} shown */
  const reveal = (selector, shown) => { find(element, selector, HTMLElement).hidden = !shown; };
  write('h3', room.game);
  write('.place', `${room.system} · ${duration(room.age)} · on ${worker || 'no worker'}`);
  reveal('.public', room.public);
  reveal('.locked', room.locked);
  reveal('.paused', room.paused);
  reveal('.observers', room.observers > 0);
  write('.observers', `${room.observers} watching`);
  find(element, '.people', HTMLElement).replaceChildren(...room.players.map(personOf));
  reveal('.reason', room.why !== '');
  write('.reason p', room.why);
  for (const [action, what] of [['message', 'Message to'], ['close', 'End']]) {
    find(element, `[data-action=${action}]`, HTMLElement)
      .setAttribute('aria-label', `${what} ${room.game}, ${count(room.players.length, 'player')}`);
  }
  pictures.show(find(element, 'img', HTMLImageElement), room.picture);
}
