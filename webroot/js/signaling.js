import {Backoff} from './backoff.js';
import {decode, version} from './protocol.js';
import {Source} from './source.js';

/** @typedef {import('./protocol.js').ToBrowser} ToBrowser */
/** @typedef {import('./protocol.js').FromBrowser} FromBrowser */

/**
 * The WebSocket to the coordinator. It greets by itself, and connects again by itself until `close`.
 *
 * `welcome` comes after each (re)connection: what was said before it is forgotten by the server. `lost` comes with
 * each connection that ended or could not be made.
 * @extends {Source<{welcome: import('./protocol.js').Welcome, message: ToBrowser, lost: void}>}
 *
 * @typedef {{name: string, key: string, tab: string}} Identity
 */
export class Signaling extends Source {
  /**
   * @param {object} given
   * @param {string} given.url
   * @param {string[]} given.codecs
   * @param {Identity} [given.identity]  who sits here; read anew for each connection
   * @param {(url: string) => WebSocket} [given.createSocket]
   * @param {Backoff} [given.backoff]
   */
  constructor({url, codecs, identity = {name: '', key: '', tab: ''},
    createSocket = url => new WebSocket(url), backoff = new Backoff()}) {
    super();
    this.url_ = url;
    this.codecs_ = codecs;
    this.identity_ = identity;
    this.createSocket_ = createSocket;
    this.backoff_ = backoff;
    this.ready = false;
    this.roundTrip = 0; // ms to the server and back, when it welcomed us last
    this.greeted_ = 0;
    /** @type {WebSocket | null} */
    this.socket_ = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer_ = undefined;
  }

  open() {
    clearTimeout(this.timer_);
    if (this.socket_) return;
    const socket = this.createSocket_(this.url_);
    this.socket_ = socket;
    socket.onopen = () => this.greet_();
    socket.onmessage = event => this.read_(String(event.data));
    socket.onclose = () => {
      if (this.socket_ === socket) this.lost_();
    };
  }

  close() {
    clearTimeout(this.timer_);
    const socket = this.socket_;
    this.socket_ = null;
    this.ready = false;
    socket?.close();
  }

  /** Tries at once instead of waiting out the backoff. */
  hurry() {
    this.backoff_.reset();
    this.open();
  }

  /**
   * @param {FromBrowser} message
   * @returns {boolean} false: not connected, nothing sent
   */
  send(message) {
    if (this.ready) this.write_(message);
    return this.ready;
  }

  greet_() {
    const {name, key, tab} = this.identity_;
    this.greeted_ = performance.now();
    this.write_({type: 'hello', version, codecs: this.codecs_, name, key, tab});
  }

  /** @param {FromBrowser} message */
  write_(message) {
    this.socket_?.send(JSON.stringify(message));
  }

  /** @param {string} text */
  read_(text) {
    const message = decode(text);
    if (!message) {
      console.warn('A message that this page does not know:', text);
      return;
    }
    if (message.type === 'welcome') {
      this.ready = true;
      this.roundTrip = performance.now() - this.greeted_;
      this.backoff_.reset();
      this.emit('welcome', message);
    }
    this.emit('message', message);
  }

  lost_() {
    this.socket_ = null;
    this.ready = false;
    this.timer_ = setTimeout(() => this.open(), this.backoff_.next());
    this.emit('lost', undefined);
  }
}
