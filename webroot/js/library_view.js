import {createCard} from './card.js';
import {paintCover} from './cover/cover.js';
import {find, fromTemplate} from './elements.js';
import {search} from './search.js';
import {Source} from './source.js';
import {systemOf} from './systems.js';

/** @typedef {import('./protocol.js').Game} Game */

const blanks = {
  failed: ['The server does not answer', 'Check that it runs, and that this device is in its network. The games come back with it.'],
  none: ['No games yet', 'Put game files into a folder of their system, such as games/nes/, on the server. They appear here by themselves.'],
  unmatched: ['Nothing found', 'Try fewer letters, or another system.'],
};

/**
 * The grid of all games, narrowed by system and by what is typed.
 * @extends {Source<{play: Game, reload: void}>}
 */
export class LibraryView extends Source {
  /**
   * @param {HTMLElement} root
   * @param {import('./library.js').Library} library
   */
  constructor(root, library) {
    super();
    this.root = root;
    this.library_ = library;
    this.query_ = '';
    this.system_ = '';
    this.chips_ = find(root, '.chips', HTMLElement);
    this.shelves_ = find(root, '.shelves', HTMLElement);
    this.blank_ = find(root, '.blank', HTMLElement);
    this.status_ = find(root, '[role=status]', HTMLElement);
    /** @type {Map<Game, HTMLElement>} */
    this.cards_ = new Map();
    /** @type {WeakMap<Element, Game>} */
    this.games_ = new WeakMap();
    // Covers are painted shortly before they come into sight.
    this.painter_ = new IntersectionObserver(entries => this.paint_(entries), {rootMargin: '400px'});
    root.addEventListener('click', event => this.click_(event));
    library.on('change', () => this.renew_());
  }

  /** @param {string} text */
  set query(text) {
    this.query_ = text;
    this.render_();
  }

  /** Some playable game of those shown, or null. */
  get anyGame() {
    const games = this.shown_.filter(game => game.playable);
    return games[Math.floor(Math.random() * games.length)] ?? null;
  }

  get shown_() {
    return search(this.library_.games, this.query_, this.system_);
  }

  renew_() {
    this.painter_.disconnect();
    this.cards_.clear();
    const {systems} = this.library_;
    if (!systems.some(({id}) => id === this.system_)) this.system_ = '';
    const all = {id: '', name: 'All', count: this.library_.games.length};
    this.chips_.hidden = systems.length < 2;
    this.chips_.replaceChildren(...[all, ...systems].map(system => this.chip_(system)));
    this.render_();
  }

  render_() {
    const games = this.shown_;
    const grouped = !this.query_.trim() && !this.system_;
    const shelves = grouped
      ? this.library_.systems.map(({id, name}) => this.shelf_(name, games.filter(game => game.system === id)))
      : [this.shelf_('', games)];
    this.shelves_.replaceChildren(...(games.length ? shelves : []));
    this.status_.textContent = this.library_.state === 'loading' ? '' : `${games.length} games`;
    for (const chip of this.chips_.children) {
      chip.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (chip).dataset.system === this.system_));
    }
    this.explainBlank_(games.length);
  }

  /** @param {number} count */
  explainBlank_(count) {
    const {state, games} = this.library_;
    this.blank_.hidden = count > 0 || state === 'loading';
    const [title, text] = blanks[state === 'failed' ? 'failed' : games.length ? 'unmatched' : 'none'];
    find(this.blank_, 'h2', HTMLElement).textContent = title;
    find(this.blank_, 'p', HTMLElement).textContent = text;
    find(this.blank_, 'button', HTMLElement).hidden = state !== 'failed';
  }

  /** @param {{id: string, name: string, count: number}} system */
  chip_({id, name, count}) {
    const chip = fromTemplate('chip');
    chip.dataset.system = id;
    if (id) chip.style.setProperty('--system', systemOf(id).color);
    find(chip, 'span', HTMLElement).textContent = name;
    find(chip, 'small', HTMLElement).textContent = String(count);
    return chip;
  }

  /**
   * @param {string} title
   * @param {Game[]} games
   */
  shelf_(title, games) {
    const shelf = fromTemplate('shelf');
    const heading = find(shelf, 'h2', HTMLElement);
    heading.textContent = title || 'Games';
    heading.classList.toggle('unseen', !title);
    // A shelf of few games shares its row with the next.
    if (title && games.length <= 3) shelf.dataset.few = String(games.length);
    find(shelf, '.cards', HTMLElement).append(...games.map(game => this.card_(game)));
    return shelf;
  }

  /** @param {Game} game */
  card_(game) {
    let card = this.cards_.get(game);
    if (!card) {
      card = createCard(game);
      this.cards_.set(game, card);
      this.games_.set(card, game);
      this.painter_.observe(card);
    }
    return card;
  }

  /** @param {IntersectionObserverEntry[]} entries */
  paint_(entries) {
    for (const {isIntersecting, target} of entries) {
      const game = this.games_.get(target);
      if (!isIntersecting || !game) continue;
      this.painter_.unobserve(target);
      paintCover(find(target, 'canvas', HTMLCanvasElement), game);
    }
  }

  /** @param {MouseEvent} event */
  click_({target}) {
    if (!(target instanceof Element)) return;
    const chip = /** @type {HTMLElement | null} */ (target.closest('.chip'));
    if (chip) {
      this.system_ = chip.dataset.system ?? '';
      this.render_();
    }
    if (target.closest('[data-action=reload]')) this.emit('reload', undefined);
    const card = target.closest('[data-action=play]')?.closest('.card');
    const game = card && this.games_.get(card);
    if (game) this.emit('play', game);
  }
}
