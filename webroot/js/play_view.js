import {find, setIcon} from './elements.js';
import {fillKeys} from './key_list.js';
import {Source} from './source.js';

/** @typedef {import('./session.js').State} State */

const idleAfter = 2500;
const toastTime = 3000;

/** @typedef {{text: string, lasts?: number, action?: {name: string, label: string}}} Saying  lasts: ms */

const savingTitles = {save: 'Save (F2)', load: 'Load (F4)', rewind: 'Hold to rewind (R)'};

/**
 * The page of a running game: picture, what is happening to the connection, and the bar of controls that hides by
 * itself. Shows what it is told to; `action` tells what the person wants.
 * @extends {Source<{action: string, volume: number}>} action: the `data-action` of what was pressed
 */
export class PlayView extends Source {
  /** @param {HTMLElement} root */
  constructor(root) {
    super();
    this.root = root;
    this.help_ = find(root, 'dialog.help', HTMLDialogElement);
    this.toast_ = find(root, '.toast', HTMLElement);
    this.toastAction_ = find(this.toast_, 'button', HTMLButtonElement);
    this.volume_ = find(root, '.volume input', HTMLInputElement);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.idle_ = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.toastTimer_ = undefined;
    root.addEventListener('click', event => this.click_(event));
    this.volume_.addEventListener('input', () => this.emit('volume', this.volume_.valueAsNumber / 100));
    const stage = find(root, '.stage', HTMLElement);
    for (const type of ['pointermove', 'pointerdown', 'focusin']) stage.addEventListener(type, () => this.wake());
    find(root, '#screen', HTMLElement).addEventListener('dblclick', () => this.emit('action', 'fullscreen'));
    document.addEventListener('fullscreenchange', () => this.fullscreenChanged_());
  }

  /** @param {State} state */
  set state(state) {
    for (const name of ['connecting', 'failed', 'ended', 'reconnecting']) this.toggle_(name, state === name);
    this.root.classList.toggle('covered', state === 'connecting' || state === 'failed' || state === 'ended');
    if (state === 'failed' || state === 'ended') find(this.panel_(state), '.main', HTMLElement).focus();
    this.wake();
  }

  /** @param {string} text  what is being waited for */
  set step(text) {
    for (const element of this.root.querySelectorAll('.step')) element.textContent = text;
  }

  get name() {
    return find(this.root, '.name', HTMLElement).textContent ?? '';
  }

  set name(name) {
    for (const element of this.root.querySelectorAll('.name, .bar .title')) element.textContent = name;
  }

  /** @param {import('./protocol.js').Trouble} trouble */
  set trouble({message, remedy}) {
    find(this.root, '.cause', HTMLElement).textContent = message;
    find(this.root, '.remedy', HTMLElement).textContent = remedy;
  }

  /** @param {string} text */
  set farewell(text) {
    find(this.root, '.farewell', HTMLElement).textContent = text;
  }

  /** @param {'' | 'full' | 'free'} seats  why this person watches: all seats are taken, or they do not want one */
  set watching(seats) {
    this.panel_('watching').textContent = seats === 'full' ? 'All controllers are taken: you are watching'
      : 'You are watching, and a controller is free';
    this.toggle_('watching', seats !== '');
  }

  /** @param {number} count  of people here */
  set count(count) {
    const badge = find(this.root, '.bar .count', HTMLElement);
    badge.hidden = count < 2;
    badge.textContent = String(count);
  }

  /** @param {boolean} on */
  set peopleShown(on) {
    find(this.root, '.bar [data-action=people]', HTMLElement).setAttribute('aria-expanded', String(on));
  }

  /**
   * Asks for a name once, without standing in the way of the game.
   * @param {string} name  the one that it has now
   * @returns {Promise<string>}
   */
  askName(name) {
    const note = find(this.root, '.name-asked', HTMLElement);
    const input = find(note, 'input', HTMLInputElement);
    input.value = name;
    note.hidden = false;
    return new Promise(resolve => {
      find(note, 'form', HTMLFormElement).onsubmit = event => {
        event.preventDefault();
        note.hidden = true;
        input.blur();
        resolve(input.value);
      };
    });
  }

  /** @param {boolean} on */
  set paused(on) {
    this.toggle_('paused', on);
    this.relabel_('pause', on ? 'play' : 'pause', on ? 'Resume' : 'Pause');
    this.root.classList.toggle('paused', on);
    this.wake();
  }

  /** @param {boolean} on */
  set soundBlocked(on) {
    find(this.root, '.sound-on', HTMLElement).hidden = !on;
  }

  /** @param {import('./sound.js').Sound} sound */
  set sound({volume, muted}) {
    this.volume_.valueAsNumber = muted ? 0 : Math.round(100 * volume);
    this.relabel_('mute', muted ? 'muted' : 'sound', muted ? 'Unmute' : 'Mute');
  }

  /** @param {boolean} on */
  set whole(on) {
    find(this.root, '.bar [data-action=scale]', HTMLElement).setAttribute('aria-pressed', String(on));
  }

  /**
   * @param {import('./systems.js').System} system
   * @param {string} gamepads  what is to be said about gamepads here
   */
  explain(system, gamepads) {
    fillKeys(find(this.help_, '.keys', HTMLElement), system);
    find(this.help_, '.gamepads', HTMLElement).textContent = gamepads;
  }

  toggleHelp() {
    if (this.help_.open) this.help_.close();
    else this.help_.showModal();
  }

  /** @param {Saying} saying  with an action, it has a button */
  say({text, lasts = toastTime, action}) {
    clearTimeout(this.toastTimer_);
    find(this.toast_, 'span', HTMLElement).textContent = text;
    this.toastAction_.hidden = !action;
    this.toastAction_.textContent = action?.label ?? '';
    this.toastAction_.dataset.action = action?.name ?? '';
    this.toast_.hidden = false;
    this.toastTimer_ = setTimeout(() => { this.toast_.hidden = true; }, lasts);
  }

  /** @param {string} why  one may not save, load and rewind; empty: one may */
  set savingRefusal(why) {
    for (const [action, title] of Object.entries(savingTitles)) {
      const button = find(this.root, `.bar [data-action=${action}]`, HTMLElement);
      button.setAttribute('aria-disabled', String(why !== ''));
      button.title = why || title;
    }
  }

  /** @param {boolean} on */
  set rewinding(on) {
    this.toggle_('rewinding', on);
  }

  /** @param {boolean} on */
  set savesShown(on) {
    find(this.root, '.bar [data-action=saves]', HTMLElement).setAttribute('aria-expanded', String(on));
  }

  /** The phone shows the whole page, touch controls too: so the page goes full screen, not the picture alone. */
  async toggleFullscreen() {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await this.root.requestFullscreen({navigationUI: 'hide'});
    } catch {
      this.say({text: 'This browser does not allow full screen here'});
    }
  }

  /** Shows the bar, and the pointer, for a while. */
  wake() {
    clearTimeout(this.idle_);
    this.root.classList.remove('idle');
    this.idle_ = setTimeout(() => this.root.classList.add('idle'), idleAfter);
  }

  /** @param {MouseEvent} event */
  click_(event) {
    const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
    if (!(button instanceof HTMLElement)) return;
    // The focus goes back to the game: its keys must not press this button again. detail is 0 when a key pressed it.
    if (event.detail > 0) button.blur();
    this.emit('action', button.dataset.action ?? '');
  }

  fullscreenChanged_() {
    const on = document.fullscreenElement !== null;
    this.relabel_('fullscreen', on ? 'windowed' : 'fullscreen', on ? 'Leave full screen' : 'Full screen');
  }

  /**
   * @param {string} action
   * @param {string} icon
   * @param {string} label
   */
  relabel_(action, icon, label) {
    const button = find(this.root, `.bar [data-action=${action}]`, HTMLElement);
    setIcon(button, icon);
    find(button, 'span', HTMLElement).textContent = label;
  }

  /** @param {string} name */
  panel_(name) {
    return find(this.root, `[data-for=${name}]`, HTMLElement);
  }

  /**
   * @param {string} name
   * @param {boolean} on
   */
  toggle_(name, on) {
    this.panel_(name).hidden = !on;
  }
}
