import {copyText} from './clipboard.js';
import {Source} from './source.js';
import {news, plays} from './people.js';
import {digest} from './stats.js';
import {systemOf} from './systems.js';

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./session.js').Wish} Wish */

const hotkeys = /** @type {Readonly<Record<string, string>>} */ (
{
    KeyF: 'fullscreen', KeyP: 'pause', KeyM: 'mute', KeyT: 'people', KeyG: 'saves', KeyH: 'help', Backslash: 'stats',
    F2: 'save', F4: 'load',
  });

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
   * @param {import('./latency/meter.js').LatencyMeter} parts.meter
   * @param {import('./latency/watch.js').LatencyWatch} parts.watch  feeds that meter
   * @param {import('./people_view.js').PeopleView} parts.people
   * @param {import('./saving.js').Saving} parts.saving
   * @param {import('./saves_panel.js').SavesPanel} parts.savesPanel
   * @param {import('./input/hold.js').Hold} parts.rewind
   * @param {import('./identity.js').Identity} parts.identity
   * @param {(path: string) => string} parts.linkTo  the whole address of a path, as others can open it
   */
  constructor({
    session, view, screen, sound, controls, overlay, meter, watch, people, saving, savesPanel, rewind, identity, linkTo,
  }) {
    super();
    this.session_ = session;
    this.view_ = view;
    this.screen_ = screen;
    this.sound_ = sound;
    this.controls_ = controls;
    this.overlay_ = overlay;
    this.meter_ = meter;
    this.watch_ = watch;
    this.people_ = people;
    this.saving_ = saving;
    this.savesPanel_ = savesPanel;
    this.rewind_ = rewind;
    this.identity_ = identity;
    this.linkTo_ = linkTo;
    /** @type {import('./protocol.js').RoomChanged | null} */
    this.room_ = null;
    /** @type {Wish | null} */
    this.wish_ = null;
    /** Whether this player started the room, so that it uses their saves. */
    this.mine = false;
    this.played_ = false;
    /** @type {string} id of the game, where it is known */
    this.game_ = '';
    /** @type {import('./stats.js').Stats | null} */
    this.before_ = null;
    /** @type {boolean} */
    this.paused_ = false;
    this.wireSession_();
    this.wireView_();
    this.wirePeople_();
    this.wireSaves_();
  }

  /**
   * @param {Wish} wish
   * @param {{id: string, name: string, mine?: boolean}} game  what is known of it, or empty; `mine`: this player started it
   */
  start(wish, {id, name, mine = false}) {
    this.wish_ = wish;
    this.game_ = id;
    this.view_.name = name;
    this.view_.watching = '';
    this.view_.count = 0;
    this.room_ = null;
    this.showPeople_(false);
    this.savesPanel_.shown = false;
    this.mine = 'game' in wish || mine;
    this.played_ = false;
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
    if (!action) return;
    event.preventDefault();
    this.act_(action);
  }

  wireSession_() {
    this.session_
      .on('state', state => {
        if (state === 'failed' && this.session_.trouble) this.view_.trouble = this.session_.trouble;
        if (state === 'ended') this.view_.farewell = this.session_.farewell;
        this.view_.state = state;
        if (state === 'playing') this.played_ = true;
        this.controls_.enabled = this.session_.active;
        this.rewind_.enabled = this.session_.active;
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
        this.savesPanel_.game = joined.game.id;
        if (!this.identity_.asked) this.askName_();
      })
      .on('room', room => this.showRoom_(room))
      .on('notice', text => this.view_.say({text}))
      .on('picture', picture => { this.screen_.picture = picture; })
      .on('peer', peer => {
        this.before_ = null;
        peer.on('video', track => this.screen_.attach(track));
        peer.on('audio', track => this.sound_.attach(track));
        peer.on('input', channel => {
          this.controls_.use(channel);
          this.watch_.use(channel);
        });
      });
    this.session_.on('stats', ({videoBuffer}) => { this.meter_.buffer = videoBuffer; });
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
    this.controls_.on('sent', sent => this.watch_.sent(sent));
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

  wireSaves_() {
    this.saving_
      .on('say', saying => this.view_.say(saying))
      .on('rights', why => { this.view_.savingRefusal = why; })
      .on('rewinding', on => { this.view_.rewinding = on; });
    this.savesPanel_
      .on('say', saying => this.view_.say(saying))
      .on('shown', on => {
        this.view_.savesShown = on;
        if (on) this.showPeople_(false);
      });
    this.rewind_.on('change', on => this.saving_.rewind(on));
  }

  /** @param {import('./protocol.js').RoomChanged} room */
  showRoom_(room) {
    const {me, joined} = this.session_;
    if (!joined || !me) return;
    for (const text of news(this.room_, room, me.id)) this.view_.say({text});
    this.room_ = room;
    const taken = room.people.flatMap(({seats}) => seats).filter(seat => seat >= 0).length;
    this.view_.watching = plays(me) ? '' : taken < joined.game.seats ? 'free' : 'full';
    this.view_.count = room.people.length;
    this.setPaused_(room.paused);
    this.people_.show(room, me.id, joined.game.seats);
    const host = room.people.find(({id}) => id === room.host);
    this.savesPanel_.owner = this.mine || this.session_.isHost ? '' : host?.name ?? 'the host';
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
    if (on) this.savesPanel_.shown = false;
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
      case 'saves': return this.toggleSaves_();
      case 'save': return this.saving_.save();
      case 'load': return this.saving_.load();
      case 'undo-load': return this.saving_.undo();
      case 'help': return this.view_.toggleHelp();
      case 'fullscreen': return this.view_.toggleFullscreen();
      case 'stats': return this.overlay_.toggle();
    }
  }

  toggleSaves_() {
    this.savesPanel_.shown = !this.savesPanel_.shown;
  }

  again_() {
    if (!this.wish_) return;
    // A room that is gone does not come back, but its game does.
    const {state, trouble} = this.session_;
    const gone = state === 'ended' || trouble?.code === 'unknown-room' || 'game' in this.wish_;
    // What ended in good order begins anew, what broke goes on; before it ran at all, the wish is the same.
    const resume = state === 'failed' && this.mine && this.played_;
    const wish = gone && this.game_ && (resume || !('game' in this.wish_)) ? {game: this.game_, resume} : this.wish_;
    this.start(wish, {id: this.game_, name: this.view_.name, mine: this.mine});
  }

  pause_() {
    this.session_.command(this.paused_ ? 'resume' : 'pause');
  }

  reset_() {
    if (this.paused_) this.pause_();
    this.session_.command('reset');
    this.view_.say({text: 'The game was reset'});
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
    this.view_.say({text: done ? 'Link copied: whoever opens it plays along' : `The link is ${this.link_}`});
  }

  /** @param {boolean} paused */
  setPaused_(paused) {
    this.paused_ = paused;
    this.view_.paused = paused;
  }
}
