/** @typedef {import('./protocol.js').Landmark} Landmark */
/** @typedef {{roundTrips: import('./protocol.js').RoundTrip[], region: string, worker: string}} Outlook */

/**
 * Finds out what the server needs to know of this browser's place before it chooses a machine: how far each is at this
 * moment, and where the player wants to be. To be made before whoever asks it at a welcome.
 */
export class Scout {
  /**
   * @param {import('./signaling.js').Signaling} signaling
   * @param {import('./probe.js').Probe} probe
   * @param {{region?: string | null, worker?: string | null}} [wish]  only there; empty: wherever it is best
   */
  constructor(signaling, probe, wish = {}) {
    this.signaling_ = signaling;
    this.probe_ = probe;
    this.wish_ = wish;
    /** @type {Promise<Landmark[]>} */
    this.landmarks_ = Promise.resolve([]);
    /** @type {(landmarks: Landmark[]) => void} */
    let tell = () => {};
    // They follow each welcome; whoever asks in between waits for them.
    signaling.on('welcome', () => {
      this.landmarks_ = new Promise(resolve => { tell = resolve; });
    });
    signaling.on('message', message => {
      if (message.type !== 'landmarks') return;
      tell(message.landmarks);
      this.landmarks_ = Promise.resolve(message.landmarks);
    });
  }

  /** @returns {Promise<Outlook>} after 300 ms at most, once the server has said what there is */
  async look() {
    const measured = await this.probe_.measure(await this.landmarks_);
    const ms = Math.round(Math.min(this.signaling_.roundTrip, pageRoundTrip()));
    const {region, worker} = this.wish_;
    return {roundTrips: [{worker: '', ms}, ...measured], region: region ?? '', worker: worker ?? ''};
  }
}

/** @returns {number} ms that the page itself took to begin to come: the greeting may have met a busier browser */
function pageRoundTrip() {
  const [page] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  return page?.responseStart ? page.responseStart - page.requestStart : Infinity;
}
