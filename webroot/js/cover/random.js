/** Numbers that look random and are the same for the same seed, on every machine. */
export class Random {
  /** @param {string} seed */
  constructor(seed) {
    this.state_ = 0x811c9dc5;
    for (let i = 0; i < seed.length; i++) this.state_ = Math.imul(this.state_ ^ seed.charCodeAt(i), 0x01000193);
    for (let i = 0; i < 4; i++) this.next();
  }

  /** @returns {number} 0 ≤ n < 1 */
  next() {
    this.state_ = (this.state_ + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state_ ^ (this.state_ >>> 15), 1 | this.state_);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /**
   * @param {number} from
   * @param {number} to
   * @returns {number} a whole number, both ends included
   */
  whole(from, to) {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** @param {number} likelihood */
  chance(likelihood) {
    return this.next() < likelihood;
  }

  /**
   * @template T
   * @param {readonly T[]} list
   * @returns {T}
   */
  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }
}
