import {find, fromTemplate} from './elements.js';
import {bars, controller, holderOf, movesFrom, plays, qualityInWords} from './people.js';
import {Source} from './source.js';

/** @typedef {import('./protocol.js').Person} Person */
/** @typedef {import('./protocol.js').RoomChanged} Room */
/** @typedef {import('./people.js').Wish} Wish */

/**
 * The panel of who is here: seats, watchers, the link for others, and what only the host may do.
 * @extends {Source<{wish: Wish, name: string, copy: void, close: void}>}
 */
export class PeopleView extends Source {
  /** @param {HTMLElement} root */
  constructor(root) {
    super();
    this.root = root;
    this.seats_ = find(root, '.seats', HTMLElement);
    this.watchers_ = find(root, '.watchers', HTMLElement);
    this.locked_ = find(root, '[name=locked]', HTMLInputElement);
    this.listed_ = find(root, '[name=listed]', HTMLInputElement);
    this.guestsSave_ = find(root, '[name=guestsSave]', HTMLInputElement);
    this.name_ = find(root, '[name=name]', HTMLInputElement);
    this.qr_ = find(root, '.qr', HTMLImageElement);
    /** @type {Room | null} */
    this.room_ = null;
    this.me_ = '';
    this.seatCount_ = 0;
    this.shape_ = '';
    /** @type {Wish[]} of the options that are shown */
    this.moves_ = [];
    root.addEventListener('click', event => this.click_(event));
    root.addEventListener('change', event => this.change_(event));
    find(root, 'form', HTMLFormElement).addEventListener('submit', event => {
      event.preventDefault();
      this.name_.blur();
    });
  }

  get shown() {
    return !this.root.hidden;
  }

  set shown(on) {
    this.root.hidden = !on;
    if (on) this.render_();
  }

  /** @param {string} link  to this room, for others */
  set link(link) {
    find(this.root, '.link', HTMLElement).textContent = link.replace(/^https?:\/\//, '');
    this.qr_.dataset.src = `/api/qr.svg?text=${encodeURIComponent(link)}`;
    if (this.shown) this.qr_.src = this.qr_.dataset.src;
  }

  /**
   * @param {Room} room
   * @param {string} me     Person.id
   * @param {number} seats  that the game has
   */
  show(room, me, seats) {
    this.room_ = room;
    this.me_ = me;
    this.seatCount_ = seats;
    if (this.shown) this.render_();
  }

  render_() {
    const room = this.room_;
    if (this.qr_.dataset.src && this.qr_.getAttribute('src') !== this.qr_.dataset.src) this.qr_.src = this.qr_.dataset.src;
    if (!room) return;
    // What somebody is about to press is not pulled away for nothing: most news is about connections.
    const shape = shapeOf(room, this.me_, this.seatCount_);
    if (shape === this.shape_) return this.showSignals_(room);
    this.shape_ = shape;
    this.moves_ = [];
    this.seats_.replaceChildren(...Array.from({length: this.seatCount_}, (_, seat) => this.seat_(room, seat)));
    const watchers = room.people.filter(person => !plays(person));
    this.watchers_.replaceChildren(...watchers.map(person => this.person_(fromTemplate('watcher'), room, person)));
    find(this.root, '.watching', HTMLElement).hidden = watchers.length === 0;
    const isHost = room.host === this.me_;
    find(this.root, '.rules', HTMLElement).hidden = !isHost;
    this.locked_.checked = room.locked;
    this.listed_.checked = room.listed;
    this.guestsSave_.checked = room.guestsSave;
    const me = room.people.find(({id}) => id === this.me_);
    if (me && document.activeElement !== this.name_) this.name_.value = me.name;
  }

  /** @param {Room} room */
  showSignals_(room) {
    for (const person of room.people) {
      for (const row of this.root.querySelectorAll(`[data-person="${person.id}"]`)) showSignal(row, person);
    }
  }

  /**
   * @param {Room} room
   * @param {number} seat
   */
  seat_(room, seat) {
    const row = fromTemplate('seat');
    row.dataset.seat = String(seat);
    find(row, '.number', HTMLElement).textContent = String(seat + 1);
    find(row, '.number', HTMLElement).title = controller(seat);
    const holder = holderOf(room, seat);
    const take = find(row, '[data-does=take]', HTMLButtonElement);
    take.hidden = holder !== null;
    take.setAttribute('aria-label', `Take ${controller(seat)}`);
    find(row, '.holder', HTMLElement).hidden = holder === null;
    if (!holder) return row;
    this.person_(row, room, holder);
    const rules = holder.id === this.me_ || room.host === this.me_;
    const leave = find(row, '[data-does=leave]', HTMLButtonElement);
    leave.hidden = !rules;
    leave.setAttribute('aria-label', `Free ${controller(seat)}`);
    this.addMoves_(find(row, 'select', HTMLSelectElement), room, seat);
    return row;
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {Room} room
   * @param {number} seat
   */
  addMoves_(select, room, seat) {
    const moves = movesFrom(room, this.me_, seat, this.seatCount_);
    select.hidden = moves.length === 0;
    select.setAttribute('aria-label', `Hand over ${controller(seat)}`);
    for (const {label, wish} of moves) {
      select.add(new Option(label, String(this.moves_.length)));
      this.moves_.push(wish);
    }
  }

  /**
   * @param {HTMLElement} row
   * @param {Room} room
   * @param {Person} person
   */
  person_(row, room, person) {
    row.dataset.person = person.id;
    row.classList.toggle('away', person.away);
    find(row, '.who', HTMLElement).textContent = person.id === this.me_ ? `${person.name} (you)` : person.name;
    find(row, '.host', HTMLElement).hidden = room.host !== person.id;
    showSignal(row, person);
    const remove = find(row, '[data-does=remove]', HTMLButtonElement);
    remove.hidden = room.host !== this.me_ || person.id === this.me_;
    remove.setAttribute('aria-label', `Remove ${person.name} from the room`);
    return row;
  }

  /** @returns {Wish} */
  get rules_() {
    const [locked, listed, guestsSave] = [this.locked_, this.listed_, this.guestsSave_].map(({checked}) => checked);
    return {type: 'setRoom', locked, listed, guestsSave};
  }

  /** @param {MouseEvent} event */
  click_({target}) {
    const button = target instanceof Element ? target.closest('[data-does]') : null;
    if (!(button instanceof HTMLElement)) return;
    const row = /** @type {HTMLElement | null} */ (button.closest('[data-seat], [data-person]'));
    const seat = Number(row?.dataset.seat);
    switch (button.dataset.does) {
      case 'take': return this.emit('wish', {type: 'takeSeat', seat, pad: 0});
      case 'leave': return this.emit('wish', {type: 'leaveSeat', seat});
      case 'remove': return this.emit('wish', {type: 'removePerson', person: row?.dataset.person ?? ''});
      case 'end': return this.emit('wish', {type: 'endRoom'});
      case 'copy': return this.emit('copy', undefined);
      case 'close': return this.emit('close', undefined);
    }
  }

  /** @param {Event} event */
  change_({target}) {
    if (target === this.name_) return this.emit('name', this.name_.value);
    if (target instanceof HTMLInputElement && target.type === 'checkbox') return this.emit('wish', this.rules_);
    if (!(target instanceof HTMLSelectElement)) return;
    const wish = this.moves_[Number(target.value)];
    target.value = '';
    target.blur();
    if (wish) this.emit('wish', wish);
  }
}

/**
 * All that a room shows but how well its people are connected.
 * @param {Room} room
 * @param {string} me
 * @param {number} seats
 */
const shapeOf = (room, me, seats) =>
  JSON.stringify([me, seats, {...room, people: room.people.map(person => ({...person, quality: null}))}]);

/**
 * @param {ParentNode} row
 * @param {Person} person
 */
function showSignal(row, person) {
  const signal = find(row, '.signal', HTMLElement);
  signal.dataset.bars = String(bars(person));
  signal.title = qualityInWords(person);
  find(signal, '.unseen', HTMLElement).textContent = qualityInWords(person);
}
