import {copyText} from './clipboard.js';
import {Source} from './source.js';
import {news, plays} from './people.js';
import {digest} from './stats.js';
import {systemOf} from './systems.js';

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./session.js').Wish} Wish */

const hotkeys = /** @type {Readonly<Record<string, string>>} */ (
  {KeyF: 'fullscreen', KeyP: 'pause', KeyM: 'mute', KeyT: 'people', KeyH: 'help', Backslash: 'stats'});

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
   * @param {import('./people_view.js').PeopleView} parts.people
   * @param {import('./identity.js').Identity} parts.identity
   * @param {(path: string) => string} parts.linkTo  the whole address of a path, as others can open it
   */
  constructor({session, view, screen, sound, controls, overlay, people, identity, linkTo}) {
    super();
    this.session_ = session;
    this.view_ = view;
    this.screen_ = screen;
    this.sound_ = sound;
    this.controls_ = controls;
    this.overlay_ = overlay;
    this.people_ = people;
    this.identity_ = identity;
    this.linkTo_ = linkTo;
    /** @type {import('./protocol.js').RoomChanged | null} */
    this.room_ = null;
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
    this.wirePeople_();
  }

  /**
   * @param {Wish} wish
   * @param {{id: string, name: string}} game  what is known of it, or empty
   */
  start(wish, {id, name}) {
    this.wish_ = wish;
    this.game_ = id;
    this.view_.name = name;
    this.view_.watching = '';
    this.view_.count = 0;
    this.room_ = null;
    this.showPeople_(false);
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
    if (event.target instanceof Element && event.target.closest('input, select, dialog')) return;
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
        this.view_.explain(system, this.controls_.gamepadAdvice);
        this.controls_.system = system;
        this.emit('entered', joined);
        this.people_.link = this.link_;
        if (!this.identity_.asked) this.askName_();
      })
      .on('room', room => this.showRoom_(room))
      .on('notice', text => this.view_.say(text))
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
    this.controls_.on('used', pad => {
      if (this.sound_.blocked) this.sound_.start();
      this.sitDown_(pad);
    });
    this.view_.sound = this.sound_;
    this.view_.whole = this.screen_.whole;
  }

  wirePeople_() {
    this.people_
      .on('wish', wish => this.session_.say(wish))
      .on('copy', () => this.copy_())
      .on('close', () => this.showPeople_(false))
      .on('name', name => { this.identity_.name = name; });
    this.identity_.on('name', name => this.session_.say({type: 'rename', name}));
  }

  /** @param {import('./protocol.js').RoomChanged} room */
  showRoom_(room) {
    const {me, joined} = this.session_;
    if (!joined || !me) return;
    for (const sentence of news(this.room_, room, me.id)) this.view_.say(sentence);
    this.room_ = room;
    const taken = room.people.flatMap(({seats}) => seats).filter(seat => seat >= 0).length;
    this.view_.watching = plays(me) ? '' : taken < joined.game.seats ? 'free' : 'full';
    this.view_.count = room.people.length;
    this.setPaused_(room.paused);
    this.people_.show(room, me.id, joined.game.seats);
  }

  /**
   * Another gamepad at this browser takes a seat of its own with its first press.
   * @param {number} pad
   */
  sitDown_(pad) {
    const {me} = this.session_;
    if (pad > 0 && me && (me.seats[pad] ?? -1) < 0) this.session_.say({type: 'takeSeat', seat: -1, pad});
  }

  /** @param {boolean} on */
  showPeople_(on) {
    this.people_.shown = on;
    this.view_.peopleShown = on;
  }

  async askName_() {
    this.identity_.name = await this.view_.askName(this.identity_.name);
  }

  get link_() {
    return this.linkTo_(location.pathname);
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
      case 'people': return this.showPeople_(!this.people_.shown);
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
    const done = await copyText(this.link_);
    this.view_.say(done ? 'Link copied: whoever opens it plays along' : `The link is ${this.link_}`);
  }

  /** @param {boolean} paused */
  setPaused_(paused) {
    this.paused_ = paused;
    this.view_.paused = paused;
  }
}
