import {randomBytes} from 'node:crypto';
import {WebSocket} from 'ws';
import {mask} from '../../../webroot/js/input/buttons.js';
import {Pad} from '../../../webroot/js/input/pad.js';
import {InputSender} from '../../../webroot/js/input/sender.js';
import {LatencyMeter} from '../../../webroot/js/latency/meter.js';
import {Peer} from '../../../webroot/js/peer.js';
import {Session} from '../../../webroot/js/session.js';
import {Signaling} from '../../../webroot/js/signaling.js';
import {Source} from '../../../webroot/js/source.js';
import {ScriptedConnection} from './scripted_connection.js';

// A page that was forgotten must not keep the process alive.
const clock = {setInterval: (...given) => setInterval(...given).unref(), clearInterval};

// Which machine is near, a script does not ask.
const scout = {look: async () => ({roundTrips: [], region: '', worker: ''})};

/** As a browser's: an error shows as its end, and nothing more. @param {string} url */
function createSocket(url) {
  const socket = new WebSocket(url);
  socket.on('error', () => {});
  return /** @type {any} */ (socket);
}

const randomName = () => randomBytes(16).toString('hex');

/**
 * The web client without a browser: its own signaling, session and input, over another WebRTC stack. `change` comes
 * with everything that a person would see change.
 * @extends {Source<{change: void}>}
 */
export class ScriptedPage extends Source {
  /**
   * @param {string} url  of the server
   * @param {{name?: string, key?: string, tab?: string, codecs?: string[]}} [given]
   */
  constructor(url, {name = 'Script', key = randomName(), tab = randomName(), codecs = ['H264', 'VP8']} = {}) {
    super();
    this.url_ = url.replace(/^http/, 'ws') + '/ws';
    this.codecs_ = codecs;
    this.identity_ = {name, key, tab};
    this.pad = new Pad(0);
    this.sender_ = new InputSender([this.pad], clock);
    /** @type {import('./scripted_connection.js').Pictures | null} of the current connection */
    this.pictures = null;
    /** @type {import('../../../webroot/js/protocol.js').Picture | null} what the game shows */
    this.picture = null;
    this.load_();
  }

  /** @param {import('../../../webroot/js/session.js').Wish} wish */
  play(wish) {
    this.session.play(wish);
  }

  leave() {
    this.session.leave();
  }

  /** @param {import('../../../webroot/js/protocol.js').FromBrowser} message */
  say(message) {
    this.session.say(message);
  }

  /** Holds these buttons, and no other. @param {import('../../../webroot/js/input/buttons.js').Button[]} buttons */
  hold(buttons) {
    this.pad.set('script', mask(buttons));
  }

  /** As a browser does it: everything of the page is gone without a word, and comes again in the same tab. */
  reload() {
    const room = this.session.joined?.room;
    this.unload_();
    this.pad.release();
    this.load_();
    if (room) this.play({room});
  }

  close() {
    this.unload_();
  }

  load_() {
    this.signaling_ = new Signaling({
      url: this.url_, codecs: this.codecs_, identity: this.identity_, createSocket,
    });
    this.session = new Session(this.signaling_,
      (id, servers) => new Peer(id, servers, () => new ScriptedConnection()), scout, new LatencyMeter());
    for (const event of ['state', 'joined', 'room']) this.session.on(event, () => this.emit('change', undefined));
    this.session.on('picture', picture => { this.picture = picture; });
    this.session.on('peer', peer => this.use_(peer));
    this.signaling_.open();
  }

  use_(peer) {
    const {session} = this;
    this.pictures = peer.connection.pictures;
    this.pictures.onfirst = () => {
      if (session.peer === peer) session.shown();
    };
    peer.on('input', channel => this.sender_.use(channel));
  }

  unload_() {
    const socket = this.signaling_.socket_;
    this.signaling_.close();
    socket.terminate();
    this.sender_.use(null);
    this.session.drop_();
    this.pictures = null;
  }
}
