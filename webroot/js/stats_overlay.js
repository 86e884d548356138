import {digest} from './stats.js';

/** @typedef {import('./stats.js').Stats} Stats */

const interval = 1000;

/** The numbers of the connection over the picture, read once a second while shown. */
export class StatsOverlay {
  /**
   * @param {HTMLElement} list  a <dl>
   * @param {() => Promise<Iterable<any>>} report
   */
  constructor(list, report) {
    this.list_ = list;
    this.report_ = report;
    /** @type {Stats | null} */
    this.before_ = null;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer_ = undefined;
  }

  toggle() {
    this.list_.hidden = !this.list_.hidden;
    clearInterval(this.timer_);
    this.before_ = null;
    if (this.list_.hidden) return;
    this.timer_ = setInterval(() => this.update_(), interval);
    this.update_();
  }

  async update_() {
    const stats = digest(await this.report_(), this.before_);
    this.before_ = stats;
    this.list_.replaceChildren(...(stats ? rows(stats) : []).map(([name, value]) => {
      const row = document.createElement('div');
      row.appendChild(document.createElement('dt')).textContent = name;
      row.appendChild(document.createElement('dd')).textContent = value;
      return row;
    }));
  }
}

/**
 * @param {Stats} stats
 * @returns {[string, string][]}
 */
function rows(stats) {
  return [
    ['picture', `${stats.width}×${stats.height} ${stats.codec}`],
    ['rate', `${stats.fps.toFixed(1)} fps`],
    ['data', `${(stats.bitrate / 1e6).toFixed(2)} Mbit/s`],
    ['round trip', `${stats.rtt.toFixed(1)} ms`],
    ['waits', `picture ${stats.videoBuffer.toFixed(1)} ms, sound ${stats.audioBuffer.toFixed(0)} ms`],
    ['lost', `${stats.packetsLost} packets, ${stats.framesDropped} frames`],
    ['freezes', `${stats.freezes}`],
  ];
}
