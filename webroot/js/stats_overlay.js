import {find} from './elements.js';
import {digest} from './stats.js';

/** @typedef {import('./stats.js').Stats} Stats */

const interval = 1000;

/** The numbers of the connection and of the latency over the picture, read while shown. */
export class StatsOverlay {
  /**
   * @param {HTMLElement} root
   * @param {() => Promise<Iterable<any>>} report
   * @param {import('./latency/view.js').LatencyView} latency
   */
  constructor(root, report, latency) {
    this.root_ = root;
    this.list_ = find(root, 'dl.connection', HTMLElement);
    this.report_ = report;
    this.latency_ = latency;
    /** @type {Stats | null} */
    this.before_ = null;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer_ = undefined;
  }

  toggle() {
    this.root_.hidden = !this.root_.hidden;
    this.latency_.shown = !this.root_.hidden;
    clearInterval(this.timer_);
    this.before_ = null;
    if (this.root_.hidden) return;
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
