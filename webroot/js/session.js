import {version} from './protocol.js';
import {Source} from './source.js';
import {StateMachine} from './state_machine.js';
import {digest} from './stats.js';

/** @typedef {import('./protocol.js').Trouble} Trouble */
/** @typedef {import('./protocol.js').IceServer} IceServer */
/** @typedef {import('./peer.js').Peer} Peer */
/** @typedef {{game: string, resume?: boolean} | {room: string}} Wish  resume: where this player left it */
/** @typedef {'idle' | 'connecting' | 'playing' | 'reconnecting' | 'failed' | 'ended'} State */

/** @type {Record<State, State[]>} */
const ways = {
  idle: ['connecting'],
  connecting: ['playing', 'failed', 'ended', 'idle'],
  playing: ['reconnecting', 'failed', 'ended', 'idle', 'connecting'],
  reconnecting: ['playing', 'failed', 'ended', 'idle', 'connecting'],
  failed: ['connecting', 'idle'],
  ended: ['connecting', 'idle'],
};

const goesOn = 'Your game goes on in a moment';

const retries = 3;
/** How long each may take, in ms, before another connection is made instead. */
const patience = {offer: 5_000, connected: 15_000, picture: 8_000};
/** A room always sends something: the last picture twice a second, if nothing else. */
const silence = 1_500;
const lookInterval = 500;
const reportInterval = 2_000;

/** @type {Trouble} */
const noConnection = {
  code: 'no-connection',
  message: 'The game runs, but its picture cannot reach this browser.',
  remedy: 'Let UDP pass between this device and the server (firewall, VPN, guest Wi-Fi), or give the server a TURN relay.',
};
/** @type {Trouble} */
const otherVersion = {
  code: 'other-version',
  message: 'The server was updated while this page was open.',
  remedy: 'Reload the page to get the new one.',
};

/**
 * One person's stay in one room, from the wish to play until leaving. Its states are those of `ways`.
 *
 * `step` tells what is being waited for, in words for the person. `peer` gives each new connection, before it is
 * made, to those who want its tracks. `room` tells who is here and what holds for all.
 * @extends {Source<{
 *   state: State,
 *   step: string,
 *   joined: import('./protocol.js').Joined,
 *   room: import('./protocol.js').RoomChanged,
 *   notice: string,
 *   saved: import('./protocol.js').GameSaved,
 *   loaded: import('./protocol.js').GameLoaded,
 *   picture: import('./protocol.js').Picture,
 *   peer: Peer,
 *   stats: import('./stats.js').Stats,
 * }>}
 */
export class Session extends Source {
  /**
   * @param {import('./signaling.js').Signaling} signaling
   * @param {(id: string, iceServers: IceServer[]) => Peer} createPeer
   * @param {{look: () => Promise<import('./scout.js').Outlook>}} scout
   * @param {{take: () => import('./protocol.js').InputLatency}} meter
   */
  constructor(signaling, createPeer, scout, meter) {
    super();
    this.signaling_ = signaling;
    this.createPeer_ = createPeer;
    this.scout_ = scout;
    this.meter_ = meter;
    /** @type {object | null} the start that is being prepared */
    this.start_ = null;
    /** @type {StateMachine<State>} */
    this.machine_ = new StateMachine(ways, 'idle').on('change', ({to}) => this.emit('state', to));
    /** @type {Wish | null} */
    this.wish_ = null;
    /** @type {import('./protocol.js').Joined | null} */
    this.joined = null;
    /** @type {Trouble | null} why it failed */
    this.trouble = null;
    /** @type {string} what the server said when the game ended */
    this.farewell = '';
    /** @type {Peer | null} */
    this.peer = null;
    /** @type {IceServer[]} */
    this.iceServers_ = [];
    this.retries_ = 0;
    /** @type {import('./protocol.js').RoomChanged | null} */
    this.room = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.watch_ = undefined;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.looking_ = undefined;
    /** @type {import('./stats.js').Stats | null} the last one reported */
    this.reported_ = null;
    this.reportedAt_ = 0;
    this.heard_ = {bytes: 0, at: 0};
    signaling.on('welcome', welcome => this.welcome_(welcome));
    signaling.on('message', message => this.receive_(message));
    signaling.on('lost', () => this.lost_());
  }

  get state() {
    return this.machine_.state;
  }

  /** Whether a room is wished for or held. */
  get active() {
    return this.state === 'connecting' || this.state === 'playing' || this.state === 'reconnecting';
  }

  /** @param {Wish} wish */
  play(wish) {
    this.leave();
    this.wish_ = wish;
    this.trouble = null;
    this.farewell = '';
    this.retries_ = 0;
    this.machine_.go('connecting');
    this.enter_();
  }

  leave() {
    if (this.active) this.signaling_.send({type: 'leave'});
    this.drop_();
    this.joined = null;
    this.room = null;
    this.wish_ = null;
    this.machine_.go('idle');
  }

  /** @param {'pause' | 'resume' | 'reset'} action */
  command(action) {
    this.signaling_.send({type: 'command', action});
  }

  /**
   * What a person wants of the room: a seat, another name, …
   * @param {import('./protocol.js').FromBrowser} message
   * @returns {boolean} false: the server is not there to hear it
   */
  say(message) {
    return this.signaling_.send(message);
  }

  /** @returns {import('./protocol.js').Person | null} who sits at this browser, as the others see them */
  get me() {
    return this.room?.people.find(({id}) => id === this.joined?.person) ?? null;
  }

  get isHost() {
    return this.room !== null && this.room.host === this.joined?.person;
  }

  /** @returns {Promise<Iterable<any>>} what the browser knows of the connection; empty without one */
  async report() {
    return (await this.peer?.connection.getStats())?.values() ?? [];
  }

  /** The current peer's picture is on the screen. */
  shown() {
    if (!this.active || !this.peer) return;
    clearTimeout(this.watch_);
    this.peer.shown = true;
    this.retries_ = 0;
    this.machine_.go('playing');
    this.heard_ = {bytes: 0, at: performance.now()};
    this.reported_ = null;
    clearInterval(this.looking_);
    this.looking_ = setInterval(() => this.look_(), lookInterval);
  }

  /** ICE takes many seconds to notice that the way is gone; so this looks whether anything still comes. */
  async look_() {
    const {peer} = this;
    const report = [...await this.report()];
    if (peer !== this.peer || this.state !== 'playing') return;
    const bytes = report.filter(entry => entry.type === 'inbound-rtp').reduce((sum, entry) => sum + entry.bytesReceived, 0);
    const now = performance.now();
    if (bytes !== this.heard_.bytes) this.heard_ = {bytes, at: now};
    else if (now - this.heard_.at > silence) return this.retry_();
    if (!this.reported_ || now - this.reportedAt_ >= reportInterval) this.tell_(digest(report, this.reported_), now);
  }

  /**
   * @param {import('./stats.js').Stats | null} stats
   * @param {number} now
   */
  tell_(stats, now) {
    if (!stats) return;
    const since = this.reported_;
    this.reported_ = stats;
    this.reportedAt_ = now;
    this.emit('stats', stats);
    if (since) this.signaling_.send({type: 'report', quality: qualityOf(stats, since), latency: this.meter_.take()});
  }

  enter_() {
    const wish = this.joined ? {room: this.joined.room} : this.wish_;
    if (!wish) return;
    this.emit('step', 'game' in wish ? 'Looking for a machine to play on' : 'Looking for the room');
    if (!this.signaling_.ready) {
      this.emit('step', 'Calling the server');
      this.signaling_.hurry();
    } else if ('game' in wish) {
      this.startNear_(wish);
    } else {
      this.signaling_.send({type: 'join', room: wish.room, peer: this.peer?.id ?? ''});
    }
  }

  /** @param {{game: string, resume?: boolean}} wish */
  async startNear_({game, resume = false}) {
    const start = this.start_ = {};
    const outlook = await this.scout_.look();
    // Meanwhile the person may have left, or the server was lost and welcomed us again.
    if (start === this.start_) this.signaling_.send({type: 'start', game, resume, ...outlook});
  }

  /** @param {import('./protocol.js').Welcome} welcome */
  welcome_(welcome) {
    this.iceServers_ = welcome.iceServers;
    if (!this.active) return;
    if (welcome.version === version) this.enter_();
    else this.fail_(otherVersion);
  }

  /** @param {import('./protocol.js').ToBrowser} message */
  receive_(message) {
    if (!this.active) return;
    switch (message.type) {
      case 'joined': return this.join_(message);
      case 'room': return this.change_(message);
      case 'progress': return this.emit('step', `Sending the game to the machine: ${percent(message)}`);
      case 'notice': return this.emit('notice', message.text);
      case 'gameSaved': return this.emit('saved', message);
      case 'gameLoaded': return this.emit('loaded', message);
      case 'offer': return this.offer_(message);
      case 'candidate': return message.peer === this.peer?.id ? this.peer.add(message) : undefined;
      case 'picture': return this.emit('picture', message.picture);
      case 'failed': return this.fail_(message.trouble);
      case 'ended': return this.end_(message.message);
    }
  }

  /** @param {import('./protocol.js').Joined} message */
  join_(message) {
    this.joined = message;
    this.emit('step', 'Switching the game on');
    this.emit('joined', message);
  }

  /** @param {import('./protocol.js').RoomChanged} message */
  change_(message) {
    this.room = message;
    this.emit('room', message);
  }

  /** @param {import('./protocol.js').Offer} message */
  async offer_({peer: id, sdp}) {
    this.drop_();
    // In the middle of play: the game goes on in another process, perhaps on another machine.
    if (this.state === 'playing') this.machine_.go('reconnecting');
    const peer = this.createPeer_(id, this.iceServers_);
    this.peer = peer;
    this.emit('step', this.state === 'reconnecting' ? goesOn : 'Connecting picture and sound');
    peer.on('answer', sdp => this.signaling_.send({type: 'answer', peer: id, sdp}));
    peer.on('candidate', candidate => this.signaling_.send({type: 'candidate', peer: id, ...candidate}));
    peer.on('state', state => this.connection_(peer, state));
    this.emit('peer', peer);
    this.expect_(patience.connected);
    try {
      await peer.accept(sdp);
    } catch (error) {
      console.warn('The offer was refused:', error);
      if (peer === this.peer) this.retry_();
    }
  }

  /**
   * @param {Peer} peer
   * @param {RTCPeerConnectionState} state
   */
  connection_(peer, state) {
    if (peer !== this.peer || !this.active) return;
    if (state === 'failed') return this.retry_();
    if (state === 'connected' && peer.shown) return this.shown();
    if (state === 'connected') return this.expect_(patience.picture);
    // It took the browser seconds to say so: another connection is there sooner than this one is back.
    if (state === 'disconnected' && this.state === 'playing') this.retry_();
  }

  /** @param {number} within  ms until the current peer must have got further */
  expect_(within) {
    clearTimeout(this.watch_);
    this.watch_ = setTimeout(() => this.retry_(), within);
  }

  /** Without the server there is nothing to be tried: its welcome will lead back here. */
  retry_() {
    this.drop_();
    if (this.state === 'playing') this.machine_.go('reconnecting');
    if (!this.signaling_.ready) return this.lost_();
    if (this.retries_++ >= retries) return this.fail_(noConnection);
    this.emit('step', this.state === 'reconnecting' ? goesOn : 'Trying another way to the game');
    this.signaling_.send({type: 'retry'});
    this.expect_(patience.offer);
  }

  /** The game itself does not need the server: it goes on. */
  lost_() {
    if (this.active && !this.peer?.shown) this.emit('step', 'The server does not answer; trying again');
  }

  /** @param {Trouble} trouble */
  fail_(trouble) {
    if (trouble === noConnection) this.signaling_.send({type: 'leave'});
    this.drop_();
    this.trouble = trouble;
    this.joined = null;
    this.room = null;
    this.machine_.go('failed');
  }

  /** @param {string} message */
  end_(message) {
    this.drop_();
    this.farewell = message;
    this.joined = null;
    this.room = null;
    this.machine_.go('ended');
  }

  drop_() {
    this.start_ = null;
    clearTimeout(this.watch_);
    clearInterval(this.looking_);
    this.peer?.close();
    this.peer = null;
  }
}

/** @param {import('./protocol.js').Progress} progress */
const percent = ({done, total}) => `${Math.floor(100 * done / Math.max(1, total))} %`;

/**
 * @param {import('./stats.js').Stats} stats
 * @param {import('./stats.js').Stats} since
 * @returns {import('./protocol.js').Quality}
 */
function qualityOf(stats, since) {
  const lost = Math.max(0, stats.packetsLost - since.packetsLost);
  const received = Math.max(0, stats.packetsReceived - since.packetsReceived);
  return {
    roundTrip: Math.round(stats.rtt),
    lost: Math.round(1000 * lost / Math.max(1, lost + received)),
    bitrate: Math.round(stats.bitrate / 1000),
    fps: Math.round(stats.fps),
  };
}
