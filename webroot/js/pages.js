import {find} from './elements.js';
import {pathOf} from './router.js';

/** @typedef {import('./protocol.js').Game} Game */

/** Which page is shown: what an address means, and what the buttons that lead elsewhere do. */
export class Pages {
  /**
   * @param {object} parts
   * @param {import('./router.js').Router} parts.router
   * @param {import('./library.js').Library} parts.library
   * @param {import('./live.js').Live} parts.live
   * @param {import('./saves.js').Saves} parts.saves
   * @param {import('./continue_view.js').ContinueView} parts.continueView
   * @param {import('./play.js').Play} parts.play
   * @param {import('./session.js').Session} parts.session
   * @param {import('./library_view.js').LibraryView} parts.libraryView
   * @param {import('./game_view.js').GameView} parts.gameView
   * @param {HTMLElement} parts.unknown
   * @param {HTMLElement} parts.playRoot
   * @param {HTMLElement} parts.header
   */
  constructor({router, library, live, saves, continueView, play, session, libraryView, gameView, unknown, playRoot, header}) {
    this.router_ = router;
    this.library_ = library;
    this.live_ = live;
    this.saves_ = saves;
    this.play_ = play;
    this.session_ = session;
    this.libraryView_ = libraryView;
    this.gameView_ = gameView;
    this.unknown_ = unknown;
    this.playRoot_ = playRoot;
    this.header_ = header;
    this.surprise_ = find(header, '[data-action=surprise]', HTMLButtonElement);
    this.state = 'loading';
    this.scrolled_ = 0;

    router.on('route', route => this.show_(route));
    library.on('change', () => this.refresh_());
    libraryView.on('play', game => this.start_(game)).on('reload', () => library.refresh());
    gameView.on('play', game => this.start_(game)).on('resume', game => this.resume_(game));
    continueView.on('resume', game => this.resume_(game));
    play.on('leave', () => router.go(pathOf.library()));
    play.on('entered', ({room, game}) => {
      router.amend(pathOf.room(room), {game: game.id, mine: play.mine});
      document.title = `${game.name} · cloudretro`;
    });
    session.on('state', state => {
      if (state !== 'idle') this.setState_(state);
    });
    this.wireHeader_();
  }

  /** @param {Game} game */
  start_(game) {
    this.router_.go(pathOf.play(game.id));
  }

  /** @param {Game} game */
  resume_(game) {
    this.router_.go(pathOf.play(game.id), {resume: true});
  }

  /** @param {import('./router.js').Route} route */
  show_(route) {
    if (this.state === 'library') this.scrolled_ = window.scrollY;
    if (this.session_.state !== 'idle') this.play_.stop();
    switch (route.page) {
      case 'library': return this.showLibrary_();
      case 'game': return this.showGame_(route.game);
      case 'play': return this.showPlay_({game: route.game, resume: this.router_.note.resume ?? false}, route.game);
      case 'room': return this.showPlay_({room: route.room}, this.router_.note.game ?? '');
      case 'unknown': return this.reveal_(this.unknown_, 'unknown', 'Not found');
    }
  }

  showLibrary_() {
    this.reveal_(this.libraryView_.root, 'library', '');
    window.scrollTo(0, this.scrolled_);
  }

  /** @param {string} id */
  showGame_(id) {
    const game = this.library_.find(id);
    if (game) {
      this.gameView_.game = game;
      this.reveal_(this.gameView_.root, 'game', game.name);
    } else if (this.library_.state === 'ready') {
      this.reveal_(this.unknown_, 'unknown', 'Not found');
    }
  }

  /**
   * @param {import('./session.js').Wish} wish
   * @param {string} id  of the game, where it is known
   */
  showPlay_(wish, id) {
    const name = this.library_.find(id)?.name ?? id.split('/')[1] ?? '';
    this.reveal_(this.playRoot_, 'connecting', name);
    this.play_.start(wish, {id, name, mine: this.router_.note.mine});
  }

  /** The library came, or changed. */
  refresh_() {
    const {route} = this.router_;
    this.surprise_.disabled = !this.library_.games.some(game => game.playable);
    if (route.page === 'game') this.showGame_(route.game);
  }

  /**
   * @param {HTMLElement} page
   * @param {string} state
   * @param {string} title
   */
  reveal_(page, state, title) {
    for (const other of [this.libraryView_.root, this.gameView_.root, this.unknown_, this.playRoot_]) {
      other.hidden = other !== page;
    }
    this.header_.hidden = page === this.playRoot_;
    this.live_.shown = page === this.libraryView_.root;
    this.saves_.shown = page === this.libraryView_.root || page === this.gameView_.root;
    document.title = title ? `${title} · cloudretro` : 'cloudretro';
    this.setState_(state);
  }

  /** @param {string} state */
  setState_(state) {
    this.state = state;
    document.body.dataset.state = state;
  }

  wireHeader_() {
    const query = find(this.header_, 'input', HTMLInputElement);
    query.addEventListener('input', () => this.search_(query.value));
    find(this.header_, 'form', HTMLFormElement).addEventListener('submit', event => event.preventDefault());
    this.surprise_.addEventListener('click', () => {
      const game = this.libraryView_.anyGame;
      if (game) this.start_(game);
    });
    window.addEventListener('keydown', event => {
      if (event.key !== '/' || this.header_.hidden || document.activeElement === query) return;
      event.preventDefault();
      query.focus();
    });
  }

  /** @param {string} text */
  search_(text) {
    if (this.router_.route.page !== 'library') this.router_.go(pathOf.library());
    this.libraryView_.query = text;
  }
}
