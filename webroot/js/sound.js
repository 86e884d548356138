import {Source} from './source.js';

/**
 * The sound of the game. A browser lets it start only after the person did something on the page: `blocked` tells
 * that it waits for that.
 * @extends {Source<{blocked: boolean, volume: void}>}
 */
export class Sound extends Source {
  /**
   * @param {HTMLAudioElement} audio
   * @param {import('./preferences.js').Preferences} preferences
   */
  constructor(audio, preferences) {
    super();
    this.audio_ = audio;
    this.preferences_ = preferences;
    this.blocked = false;
    audio.volume = preferences.get('volume', 0.8);
    audio.muted = preferences.get('muted', false);
  }

  /** @param {MediaStreamTrack} track */
  attach(track) {
    this.audio_.srcObject = new MediaStream([track]);
    this.start();
  }

  clear() {
    this.audio_.srcObject = null;
    this.block_(false);
  }

  /** To be called from a click, key or touch while `blocked`, and harmless otherwise. */
  start() {
    if (!this.audio_.srcObject) return;
    this.audio_.play().then(
      () => this.block_(false),
      error => {
        if (error.name === 'NotAllowedError') this.block_(true);
      });
  }

  /** 0..1 */
  get volume() {
    return this.audio_.volume;
  }

  set volume(volume) {
    this.audio_.volume = volume;
    this.audio_.muted = volume === 0;
    this.remember_();
  }

  get muted() {
    return this.audio_.muted;
  }

  set muted(muted) {
    this.audio_.muted = muted;
    this.remember_();
  }

  remember_() {
    this.preferences_.set('volume', this.volume);
    this.preferences_.set('muted', this.muted);
    this.emit('volume', undefined);
  }

  /** @param {boolean} blocked */
  block_(blocked) {
    if (blocked === this.blocked) return;
    this.blocked = blocked;
    this.emit('blocked', blocked);
  }
}
