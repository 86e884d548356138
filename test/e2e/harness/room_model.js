// What a room must look like after what happened in it: the rules of seats and of hosts once more, written for a test.

/**
 * @typedef {object} Member
 * @property {string} id
 * @property {number[]} seats
 * @property {number} away        since when, in ms; 0: present
 */

/** @typedef {import('../../../webroot/js/protocol.js').RoomChanged} RoomChanged */

const slack = 3_500; // ms that an event may take from its choice here to its effect there

export class RoomModel {
  /** @param {{seats: number, grace: number}} rules  how many; ms in which nobody is forgotten */
  constructor({seats, grace}) {
    this.seats = seats;
    this.grace_ = grace;
    /** @type {Member[]} in the order in which they came */
    this.members = [];
    this.host = '';
  }

  /** @param {number} seat */
  holderOf(seat) {
    return this.members.find(({seats}) => seats.includes(seat)) ?? null;
  }

  get freeSeat() {
    for (let seat = 0; seat < this.seats; seat++) if (!this.holderOf(seat)) return seat;
    return -1;
  }

  /** @param {string} id */
  member(id) {
    const found = this.members.find(member => member.id === id);
    if (!found) throw new Error(`the test lost ${id}`);
    return found;
  }

  /** @param {string} id */
  comes(id) {
    const member = {id, seats: [], away: 0};
    this.members.push(member);
    this.host ||= id;
    this.sit_(member);
  }

  /** @param {string} id */
  leaves(id) {
    this.members = this.members.filter(member => member.id !== id);
    if (this.host !== id) return;
    const present = this.members.find(({away}) => !away) ?? this.members[0];
    this.host = present?.id ?? '';
  }

  /** @param {string} id  @param {number} now */
  vanishes(id, now) {
    this.member(id).away = now;
  }

  /** @param {string} id */
  returns(id) {
    const member = this.member(id);
    member.away = 0;
    if (!member.seats.some(seat => seat >= 0)) this.sit_(member);
  }

  /** @param {string} by  @param {number} seat */
  takes(by, seat) {
    if (this.holderOf(seat)) return;
    this.member(by).seats[0] = seat;
  }

  /** @param {string} by  @param {number} seat */
  vacates(by, seat) {
    const holder = this.holderOf(seat);
    if (holder && (holder.id === by || by === this.host)) this.replace_(holder, seat, -1);
  }

  /** @param {string} by  @param {number} seat  @param {string} to */
  gives(by, seat, to) {
    const holder = this.holderOf(seat);
    const receiver = this.member(to);
    if (receiver === holder || (holder && holder.id !== by && by !== this.host)) return;
    const inReturn = receiver.seats[0] ?? -1;
    receiver.seats[0] = seat;
    if (holder) this.replace_(holder, seat, inReturn);
  }

  /** @param {string} by  @param {number} one  @param {number} other */
  swaps(by, one, other) {
    const holders = [this.holderOf(one), this.holderOf(other)];
    if (one === other || holders.some(holder => holder && holder.id !== by && by !== this.host)) return;
    const swapped = seat => (seat === one ? other : seat === other ? one : seat);
    for (const member of this.members) member.seats = member.seats.map(swapped);
  }

  /** Somebody may be forgotten at any moment: what happens now could meet the room with or without them. @param {number} now */
  isUnsure(now) {
    return this.members.some(({away}) => this.isForgettable_(away, now));
  }

  /**
   * Compares with what the server tells, and learns from it what time alone decides: when who is away is forgotten.
   * @param {RoomChanged} told
   * @param {number} now  ms
   * @returns {string} what is wrong; empty: nothing
   */
  compare(told, now) {
    const isTold = id => told.people.some(person => person.id === id);
    const forgotten = this.members.filter(({id, away}) => this.isForgettable_(away, now) && !isTold(id));
    const members = this.members.filter(member => !forgotten.includes(member));
    const wanted = members.map(({id, away}) => `${id}${away ? ' away' : ''}`).join(', ');
    const seen = told.people.map(({id, away}) => `${id}${away ? ' away' : ''}`).join(', ');
    if (wanted !== seen) return `there should be ${wanted}; there are ${seen}`;

    for (const {id, seats} of members) {
      const is = told.people.find(person => person.id === id)?.seats;
      if (String(is) !== String(seats)) return `${id} should have the seats ${seats}, and has ${is}`;
    }

    const host = this.members.find(({id}) => id === this.host);
    const mayChange = !host || forgotten.includes(host);
    if (told.host !== this.host && !(mayChange && members.some(({id, away}) => id === told.host && !away))) {
      return `the host should be ${this.host}, and is ${told.host}`;
    }
    this.host = told.host;
    this.members = members;
    return '';
  }

  isForgettable_(away, now) {
    return away > 0 && now - away > this.grace_ - slack;
  }

  sit_(member) {
    const seat = this.freeSeat;
    if (seat >= 0) member.seats[0] = seat;
  }

  replace_(member, seat, by) {
    member.seats = member.seats.map(each => (each === seat ? by : each));
  }
}
