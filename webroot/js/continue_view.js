import {find, fromTemplate} from './elements.js';
import {ago} from './save_words.js';
import {Source} from './source.js';
import {systemOf} from './systems.js';

/** @typedef {import('./protocol.js').SaveView} SaveView */
/** @typedef {import('./protocol.js').Game} Game */

/**
 * The shelf of the games that were played last: one click goes on where one left.
 * @extends {Source<{resume: Game}>}
 */
export class ContinueView extends Source {
  /**
   * @param {HTMLElement} root
   * @param {import('./saves.js').Saves} saves
   * @param {(image: HTMLImageElement, save: SaveView) => void} showPicture
   */
  constructor(root, saves, showPicture) {
    super();
    this.root = root;
    this.showPicture_ = showPicture;
    this.cards_ = find(root, '.cards', HTMLElement);
    /** @type {Map<string, {card: HTMLElement, game: Game}>} by game */
    this.shown_ = new Map();
    root.addEventListener('click', event => this.click_(event));
    saves.on('recent', () => this.render_(saves.recent));
  }

  /** @param {readonly SaveView[]} recent */
  render_(recent) {
    this.root.hidden = recent.length === 0;
    const before = this.shown_;
    this.shown_ = new Map(recent.map(save => {
      const card = before.get(save.game.id)?.card ?? fromTemplate('continue');
      this.fill_(card, save);
      return [save.game.id, {card, game: save.game}];
    }));
    this.cards_.replaceChildren(...Array.from(this.shown_.values(), ({card}) => card));
  }

  /** @param {HTMLElement} card  @param {SaveView} save */
  fill_(card, save) {
    const {game} = save;
    card.dataset.resume = game.id;
    card.style.setProperty('--system', systemOf(game.system).color);
    card.classList.toggle('unplayable', !game.playable);
    const button = find(card, 'button', HTMLButtonElement);
    button.disabled = !game.playable;
    button.setAttribute('aria-label', `Continue ${game.name}`);
    find(card, 'h3', HTMLElement).textContent = game.name;
    find(card, 'p', HTMLElement).textContent = game.playable ? ago(save.time, Date.now()) : `No machine here can run ${game.systemName}`;
    this.showPicture_(find(card, 'img', HTMLImageElement), save);
  }

  /** @param {MouseEvent} event */
  click_({target}) {
    const card = target instanceof Element ? target.closest('button')?.closest('[data-resume]') : null;
    const shown = card instanceof HTMLElement ? this.shown_.get(card.dataset.resume ?? '') : undefined;
    if (shown) this.emit('resume', shown.game);
  }
}
