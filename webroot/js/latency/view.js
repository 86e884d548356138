import {find} from '../elements.js';
import {inputParts, summary} from './meter.js';
import {sparkline} from './sparkline.js';

/** @typedef {import('./meter.js').Part} Part */

const interval = 250; // ms
const width = 120; // of the sparkline's coordinates
const height = 28;

/** @type {Record<Part, string>} */
const words = {
  network: 'to the room', waiting: 'for its frame', emulation: 'emulation', encoding: 'encoding', delivery: 'delivery',
  decoding: 'decoding', display: 'display',
};

/** How long inputs take to become pictures, and where the time goes. Costs nothing while it is not shown. */
export class LatencyView {
  /**
   * @param {HTMLElement} root
   * @param {import('./meter.js').LatencyMeter} meter
   */
  constructor(root, meter) {
    this.root_ = root;
    this.meter_ = meter;
    this.line_ = find(root, 'polyline', SVGPolylineElement);
    this.graph_ = find(root, 'svg', SVGSVGElement);
    /** @type {Record<string, {bar: HTMLElement, value: HTMLElement}>} */
    this.parts_ = Object.fromEntries(inputParts.map(part => [part, this.addPart_(part)]));
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer_ = undefined;
    /** @type {unknown} what is shown */
    this.seen_ = undefined;
  }

  /** @param {boolean} on */
  set shown(on) {
    clearInterval(this.timer_);
    if (!on) return;
    this.seen_ = undefined;
    this.timer_ = setInterval(() => this.update_(), interval);
    this.update_();
  }

  /** @param {Part} part */
  addPart_(part) {
    const bar = find(this.root_, '.share', HTMLElement).appendChild(document.createElement('i'));
    bar.className = part;
    const row = find(this.root_, 'dl', HTMLElement).appendChild(document.createElement('div'));
    const name = row.appendChild(document.createElement('dt'));
    name.className = part;
    name.textContent = words[part];
    return {bar, value: row.appendChild(document.createElement('dd'))};
  }

  update_() {
    const {recent, partial, complete, room} = this.meter_;
    const news = recent.at(-1) ?? partial ?? room ?? null;
    if (news === this.seen_) return;
    this.seen_ = news;
    if (recent.length) this.showAll_(recent);
    else this.showSome_(partial, room, complete === false);
  }

  /** @param {readonly import('./meter.js').Sample[]} recent */
  showAll_(recent) {
    const {middle, slow, least, most, means} = summary(recent);
    this.write_(`${middle.toFixed(1)} ms`, `one in 20: ${slow.toFixed(0)} ms or more`);
    this.line_.setAttribute('points', sparkline(recent.map(({total}) => total), width, height));
    this.graph_.setAttribute('aria-label',
      `The last ${recent.length} inputs: ${least.toFixed(0)} to ${most.toFixed(0)} ms, half of them within ${middle.toFixed(0)} ms`);
    this.graph_.removeAttribute('hidden');
    inputParts.forEach((part, i) => this.showPart_(part, means[i]));
  }

  /**
   * @param {Partial<Record<Part, number>> | null} partial
   * @param {Partial<Record<Part, number>> | null} room
   * @param {boolean} final  there will not be more
   */
  showSome_(partial, room, final) {
    this.write_('–', final ? 'This browser does not tell when it shows a picture' : 'Press a button');
    this.graph_.setAttribute('hidden', '');
    for (const part of inputParts) this.showPart_(part, (partial ?? room)?.[part]);
  }

  /** @param {string} value  @param {string} note */
  write_(value, note) {
    find(this.root_, 'b', HTMLElement).textContent = value;
    find(this.root_, '.remark', HTMLElement).textContent = note;
  }

  /** @param {Part} part  @param {number} [ms] */
  showPart_(part, ms) {
    const {bar, value} = this.parts_[part];
    bar.style.flexGrow = String(ms ?? 0);
    value.textContent = ms === undefined ? '–' : `${ms.toFixed(1)} ms`;
  }
}
