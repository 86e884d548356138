import {copyText} from './clipboard.js';
import {Source} from './source.js';
import {digest} from './stats.js';
import {systemOf} from './systems.js';

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./session.js').Wish} Wish */

const hotkeys = /** @type {Readonly<Record<string, string>>} */ (
  {KeyF: 'fullscreen', KeyP: 'pause', KeyM: 'mute', KeyH: 'help', Backslash: 'stats'});

/**
 * The play page at work: brings session, view, picture, sound and inputs together.
 * @extends {Source<{entered: import('./protocol.js').Joined, leave: void}>}  leave: the person wants to go
 */
export class Play extends Source {
  /**
   * @param {object} parts
   * @param {Session} parts.session
   * @param {import('./play_view.js').PlayView} parts.view
   * @param {import('./screen.js').Screen} parts.screen
   * @param {import('./sound.js').Sound} parts.sound
   * @param {import('./input/controls.js').Controls} parts.controls
   * @param {import('./stats_overlay.js').StatsOverlay} parts.overlay
   */
  constructor({session, view, screen, sound, controls, overlay}) {
    super();
    this.session_ = session;
    this.view_ = view;
    this.screen_ = screen;
    this.sound_ = sound;
    this.controls_ = controls;
    this.overlay_ = overlay;
    /** @type {Wish | null} */
    this.wish_ = null;
    /** @type {string} id of the game, where it is known */
    this.game_ = '';
    /** @type {import('./stats.js').Stats | null} */
    this.before_ = null;
    /** @type {boolean} */
    this.paused_ = false;
    this.wireSession_();
    this.wireView_();
  }

  /**
   * @param {Wish} wish
   * @param {{id: string, name: string}} game  what is known of it, or empty
   */
  start(wish, {id, name}) {
    this.wish_ = wish;
    this.game_ = id;
    this.view_.name = name;
    this.view_.watching = false;
    this.setPaused_(false);
    this.screen_.clear();
    this.sound_.clear();
    this.session_.play(wish);
  }

  stop() {
    this.session_.leave();
    this.screen_.clear();
    this.sound_.clear();
    this.before_ = null;
    if (document.fullscreenElement) document.exitFullscreen();
  }

  /** @returns {Promise<import('./stats.js').Stats | null>} rates are since the call before */
  async stats() {
    this.before_ = digest(await this.session_.report(), this.before_);
    return this.before_;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.session_.active || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest('input, dialog')) return;
    const action = hotkeys[event.code];
    if (action) this.act_(action);
  }

  wireSession_() {
    this.session_
      .on('state', state => {
        if (state === 'failed' && this.session_.trouble) this.view_.trouble = this.session_.trouble;
        if (state === 'ended') this.view_.farewell = this.session_.farewell;
        this.view_.state = state;
        this.controls_.enabled = this.session_.active;
      })
      .on('step', step => { this.view_.step = step; })
      .on('joined', joined => {
        const system = systemOf(joined.game.system);
        this.game_ = joined.game.id;
        this.view_.name = joined.game.name;
        this.view_.watching = joined.seat < 0;
        this.view_.explain(system, this.controls_.gamepadAdvice);
        this.controls_.system = system;
        this.emit('entered', joined);
      })
      .on('picture', picture => { this.screen_.picture = picture; })
      .on('peer', peer => {
        this.before_ = null;
        peer.on('video', track => this.screen_.attach(track));
        peer.on('audio', track => this.sound_.attach(track));
        peer.on('input', channel => this.controls_.use(channel));
      });
    this.screen_.on('shown', () => this.session_.shown());
  }

  wireView_() {
    this.view_.on('action', action => this.act_(action));
    this.view_.on('volume', volume => { this.sound_.volume = volume; });
    this.sound_
      .on('blocked', blocked => { this.view_.soundBlocked = blocked; })
      .on('volume', () => { this.view_.sound = this.sound_; });
    // Any of these is what a browser that blocks sound waits for.
    this.controls_.on('used', () => {
      if (this.sound_.blocked) this.sound_.start();
    });
    this.view_.sound = this.sound_;
    this.view_.whole = this.screen_.whole;
  }

  /** @param {string} action */
  act_(action) {
    switch (action) {
      case 'leave': return this.emit('leave', undefined);
      case 'again': return this.again_();
      case 'pause': return this.pause_();
      case 'reset': return this.reset_();
      case 'mute': return this.mute_();
      case 'sound-on': return this.sound_.start();
      case 'scale': return this.scale_();
      case 'copy': return this.copy_();
      case 'help': return this.view_.toggleHelp();
      case 'fullscreen': return this.view_.toggleFullscreen();
      case 'stats': return this.overlay_.toggle();
    }
  }

  again_() {
    if (!this.wish_) return;
    // A room that is gone does not come back, but its game does.
    const gone = this.session_.state === 'ended' || this.session_.trouble?.code === 'unknown-room';
    this.start(gone && this.game_ ? {game: this.game_} : this.wish_, {id: this.game_, name: this.view_.name});
  }

  pause_() {
    this.session_.command(this.paused_ ? 'resume' : 'pause');
    this.setPaused_(!this.paused_);
  }

  reset_() {
    if (this.paused_) this.pause_();
    this.session_.command('reset');
    this.view_.say('The game was reset');
  }

  mute_() {
    this.sound_.muted = !this.sound_.muted;
  }

  scale_() {
    this.screen_.whole = !this.screen_.whole;
    this.view_.whole = this.screen_.whole;
  }

  async copy_() {
    const done = await copyText(location.origin + location.pathname);
    this.view_.say(done ? 'Link copied: whoever opens it plays along' : `The link is ${location.href}`);
  }

  /** @param {boolean} paused */
  setPaused_(paused) {
    this.paused_ = paused;
    this.view_.paused = paused;
  }
}
