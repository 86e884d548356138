import {Source} from './source.js';

/**
 * @typedef {{page: 'library'} | {page: 'game', game: string} | {page: 'play', game: string} | {page: 'room', room: string}
 *   | {page: 'unknown'}} Route
 */

/** @typedef {{game?: string, mine?: boolean, resume?: boolean}} Note  survives loading the page again */

/**
 * @param {string} path  of an address, still escaped
 * @returns {Route}
 */
export function parsePath(path) {
  /** @type {string[]} */
  let parts;
  try {
    parts = path.split('/').filter(part => part).map(decodeURIComponent);
  } catch {
    return {page: 'unknown'};
  }
  const [page, ...rest] = parts;
  if (page === undefined) return {page: 'library'};
  if (page === 'room' && rest.length === 1) return {page, room: rest[0]};
  if ((page === 'game' || page === 'play') && rest.length === 2) return {page, game: rest.join('/')};
  return {page: 'unknown'};
}

/** @param {string} text  "<system>/<name>" */
const escaped = text => text.split('/').map(encodeURIComponent).join('/');

/** The address of each page. */
export const pathOf = Object.freeze({
  library: () => '/',
  /** @param {string} game */
  game: game => `/game/${escaped(game)}`,
  /** @param {string} game */
  play: game => `/play/${escaped(game)}`,
  /** @param {string} room */
  room: room => `/room/${encodeURIComponent(room)}`,
});

/**
 * The browser's address and history. `route` comes for every page to be shown, the first too.
 * @extends {Source<{route: Route}>}
 */
export class Router extends Source {
  /** @param {Window} window */
  constructor(window) {
    super();
    this.window_ = window;
  }

  start() {
    this.window_.addEventListener('popstate', () => this.announce_());
    this.window_.document.addEventListener('click', event => this.click_(event));
    this.announce_();
  }

  get route() {
    return parsePath(this.window_.location.pathname);
  }

  /** @returns {Note} what was noted for this page */
  get note() {
    return this.window_.history.state ?? {};
  }

  /**
   * Goes to another page.
   * @param {string} path
   * @param {Note | null} [note]
   */
  go(path, note = null) {
    this.window_.history.pushState(note, '', this.withQuery_(path));
    this.announce_();
  }

  /**
   * Gives the current page another address, without leaving it.
   * @param {string} path
   * @param {Note} note
   */
  amend(path, note) {
    this.window_.history.replaceState(note, '', this.withQuery_(path));
  }

  /** @param {string} path */
  withQuery_(path) {
    return path + this.window_.location.search;
  }

  announce_() {
    this.emit('route', this.route);
  }

  /**
   * Links within the client turn the page without loading it: sound stays allowed, and nothing flashes.
   * @param {MouseEvent} event
   */
  click_(event) {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.origin !== this.window_.location.origin) return;
    if (parsePath(link.pathname).page === 'unknown') return;
    event.preventDefault();
    this.go(link.pathname);
  }
}
