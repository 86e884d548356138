import {find, fromTemplate} from './elements.js';
import {pathOf} from './router.js';
import {systemOf} from './systems.js';

/** @typedef {import('./protocol.js').Game} Game */

/**
 * A game in the library: its cover plays it, its name leads to its page.
 * @param {Game} game
 * @returns {HTMLElement}
 */
export function createCard(game) {
  const card = fromTemplate('card');
  const play = find(card, '[data-action=play]', HTMLButtonElement);
  const link = find(card, 'a', HTMLAnchorElement);
  card.dataset.game = game.id;
  card.style.setProperty('--system', systemOf(game.system).color);
  card.classList.toggle('unplayable', !game.playable);
  play.disabled = !game.playable;
  play.setAttribute('aria-label', `Play ${game.name}`);
  link.href = pathOf.game(game.id);
  link.textContent = game.name;
  find(card, 'p', HTMLElement).textContent = game.playable ? game.systemName : `No machine here can run ${game.systemName}`;
  return card;
}
