/** Waiting times between attempts: doubling up to a cap, and spread so that a thousand clients do not come at once. */
export class Backoff {
  /** @param {{first?: number, cap?: number, random?: () => number}} [options]  milliseconds */
  constructor({first = 500, cap = 10_000, random = Math.random} = {}) {
    this.first_ = first;
    this.cap_ = cap;
    this.random_ = random;
    this.attempts = 0;
  }

  /** @returns {number} milliseconds until the next attempt */
  next() {
    const full = Math.min(this.cap_, this.first_ * 2 ** this.attempts++);
    return full * (0.5 + 0.5 * this.random_());
  }

  reset() {
    this.attempts = 0;
  }
}
