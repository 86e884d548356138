import {fit} from './fit.js';
import {Source} from './source.js';

/** @typedef {import('./protocol.js').Picture} Picture */

/**
 * The picture of the game: right aspect, crisp, as large as its box allows.
 * @extends {Source<{shown: void}>} shown: the first picture of a new track is there
 */
export class Screen extends Source {
  /**
   * @param {HTMLElement} box
   * @param {HTMLVideoElement} video
   * @param {import('./preferences.js').Preferences} preferences
   */
  constructor(box, video, preferences) {
    super();
    this.box_ = box;
    this.video_ = video;
    this.preferences_ = preferences;
    /** @type {Picture | null} */
    this.picture_ = null;
    video.addEventListener('loadeddata', () => this.emit('shown', undefined));
    video.addEventListener('resize', () => this.layout_());
    new ResizeObserver(() => this.layout_()).observe(box);
  }

  /** @param {MediaStreamTrack} track */
  attach(track) {
    this.video_.srcObject = new MediaStream([track]);
    // Muted video may always play; a refusal means that another track came meanwhile.
    this.video_.play().catch(() => {});
  }

  clear() {
    this.video_.srcObject = null;
    this.picture_ = null;
  }

  /** @param {Picture} picture */
  set picture(picture) {
    this.picture_ = picture;
    this.layout_();
  }

  /** @returns {boolean} whether the picture is shown at whole-number scale only */
  get whole() {
    return this.preferences_.get('wholeScale', false);
  }

  set whole(on) {
    this.preferences_.set('wholeScale', on);
    this.layout_();
  }

  layout_() {
    const {videoWidth, videoHeight} = this.video_;
    const lines = this.picture_?.height || videoHeight;
    const aspect = this.picture_?.aspect || videoWidth / videoHeight;
    const box = {width: this.box_.clientWidth, height: this.box_.clientHeight};
    if (!lines || !(aspect > 0) || !box.width || !box.height) return;
    const size = fit({height: lines, aspect}, box, {whole: this.whole, density: devicePixelRatio});
    this.video_.style.width = `${size.width}px`;
    this.video_.style.height = `${size.height}px`;
    this.video_.classList.toggle('crisp', size.height * devicePixelRatio >= videoHeight);
  }
}
