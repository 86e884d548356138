import {copyText} from './clipboard.js';
import {paintCover} from './cover/cover.js';
import {find} from './elements.js';
import {fillKeys} from './key_list.js';
import {ago} from './save_words.js';
import {seatsInWords} from './seats.js';
import {Source} from './source.js';
import {systemOf} from './systems.js';

/** @typedef {import('./protocol.js').Game} Game */

/**
 * A game's own page.
 * @extends {Source<{play: Game, resume: Game}>}
 */
export class GameView extends Source {
  /**
   * @param {HTMLElement} root
   * @param {import('./saves.js').Saves} saves
   */
  constructor(root, saves) {
    super();
    this.saves_ = saves;
    this.resume_ = find(root, '[data-action=resume]', HTMLButtonElement);
    this.root = root;
    this.play_ = find(root, '[data-action=play]', HTMLButtonElement);
    this.copy_ = find(root, '[data-action=copy]', HTMLButtonElement);
    /** @type {Game | null} */
    this.game_ = null;
    this.play_.addEventListener('click', () => this.game_ && this.emit('play', this.game_));
    this.copy_.addEventListener('click', () => this.copied_());
    this.resume_.addEventListener('click', () => this.game_ && this.emit('resume', this.game_));
    saves.on('recent', () => this.offer_());
  }

  /** @param {Game} game */
  set game(game) {
    const system = systemOf(game.system);
    this.game_ = game;
    this.root.dataset.game = game.id;
    this.root.style.setProperty('--system', system.color);
    find(this.root, '.system', HTMLElement).textContent = game.systemName;
    find(this.root, 'h1', HTMLElement).textContent = game.name;
    find(this.root, '.seats span', HTMLElement).textContent = seatsInWords(game.seats);
    this.play_.disabled = !game.playable;
    this.offer_();
    const why = find(this.root, '.why', HTMLElement);
    why.hidden = game.playable;
    why.textContent = `No machine of this server can run ${game.systemName} games now. ` +
      'Whoever runs the server can install a core for it; then this page changes by itself.';
    find(this.copy_, 'span', HTMLElement).textContent = 'Copy link';
    fillKeys(find(this.root, '.keys', HTMLElement), system);
    paintCover(find(this.root, 'canvas', HTMLCanvasElement), game);
  }

  /** Offers to go on where one left it, and says so of playing when that begins anew. */
  offer_() {
    const save = this.saves_.recent.find(({game}) => game.id === this.game_?.id);
    this.resume_.hidden = !save || !this.game_?.playable;
    this.play_.classList.toggle('main', this.resume_.hidden);
    find(this.play_, 'span', HTMLElement).textContent = this.resume_.hidden ? 'Play' : 'From the start';
    if (save) this.resume_.title = `Saved ${ago(save.time, Date.now())}`;
  }

  async copied_() {
    const done = await copyText(location.origin + location.pathname);
    find(this.copy_, 'span', HTMLElement).textContent = done ? 'Copied' : 'Not allowed here';
  }
}
