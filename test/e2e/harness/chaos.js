// Rooms in which everything happens at random.
import {setTimeout as delay} from 'node:timers/promises';
import {hasCore} from './processes.js';
import {RemotePage} from './remote_page.js';
import {RoomModel} from './room_model.js';
import {until} from './until.js';

const grace = 5_000; // --room-grace

/** Mulberry32: a seed gives the same numbers everywhere. */
export class Random {
  /** @param {number} seed */
  constructor(seed) {
    this.state_ = seed >>> 0;
  }

  /** @returns {number} 0 ≤ number < 1 */
  next() {
    this.state_ = (this.state_ + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state_ ^ this.state_ >>> 15, this.state_ | 1);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  }

  /** @param {number} end  @returns {number} a whole number below it */
  below(end) {
    return Math.floor(end * this.next());
  }

  /** @template T @param {T[]} list */
  of(list) {
    return list[this.below(list.length)];
  }
}

/** One room starts at a time: the new emulator is its own. */
let starting = Promise.resolve();

/** One room, those who come and go there, and the model of it. */
export class ChaoticRoom {
  /** @param {{server: import('./server.js').Server, game: string, random: Random, name: string}} given */
  constructor({server, game, random, name}) {
    this.server_ = server;
    this.game_ = game;
    this.random = random;
    this.name_ = name;
    /** @type {RemotePage[]} */
    this.present = [];
    /** @type {RemotePage[]} */
    this.idle_ = [];
    /** @type {string[]} what happened */
    this.story = [];
    /** @type {Record<string, number>} */
    this.tally = {};
    this.killed = 0;
    this.said_ = 0;
    this.id = '';
    this.process_ = 0;
    this.model = this.newModel_();
  }

  /** Somebody starts the game. @param {number} people  that may come */
  async open(people) {
    for (let i = 0; i < people; i++) {
      this.idle_.push(await RemotePage.open(this.server_.url, {name: `${this.name_}, ${i}`}));
    }
    await this.start_();
  }

  /** One random event, after which server and model agree. */
  async event() {
    await until(async () => {
      if (this.model.isUnsure(performance.now())) await this.agrees_();
      return !this.model.isUnsure(performance.now());
    }, 'those who are away to be forgotten');
    await Promise.all(this.present.map(page => page.do('hold', this.random.next() < 0.7 ? ['a'] : [])));
    const name = this.choose_();
    this.tally[name] = (this.tally[name] ?? 0) + 1;
    this.story.push(`${(performance.now() / 1000).toFixed(1)} ${this.name_} ${name}`);
    await this[`${name}_`]();
    await this.agrees_();
  }

  /** Waits until everybody here gets pictures. */
  async plays() {
    const before = this.present.map(({view}) => view);
    await until(() => this.present.every(({view}, i) => view.state === 'playing' && view.pictures !== before[i].pictures),
      () => `pictures for all: ${JSON.stringify(this.present.map(({view}) => [view.state, view.pictures, view.trouble]))}`);
  }

  /** All but one go, each in another way and all with a button held; the one who stays only watches. */
  async empty() {
    for (const page of this.present) await page.do('hold', ['a']);
    while (this.present.length > 1) {
      await this[this.random.of(['leave_', 'kill_', 'reload_'])]();
      await this.agrees_();
    }
    const [last] = this.present;
    const [seat = -1] = this.model.member(last.view.person).seats;
    if (seat >= 0) {
      await this.say_(last, {type: 'leaveSeat', seat});
      this.model.vacates(last.view.person, seat);
    }
    await this.agrees_();
  }

  /** Everybody goes for good. */
  async end() {
    await Promise.all(this.present.map(page => page.do('leave')));
    await Promise.all([...this.present, ...this.idle_].map(page => page.kill()));
    this.present = [];
    this.idle_ = [];
  }

  choose_() {
    const {present} = this;
    const several = present.length > 1;
    const weights = {
      join: this.idle_.length ? 6 : 0, leave: several ? 4 : 0, take: 3, vacate: 2, give: several ? 3 : 0, swap: 3,
      reload: 4, kill: several ? 2 : 0, crashAndReturn: 2, killRoom: 0.4,
    };
    let at = this.random.next() * Object.values(weights).reduce((sum, weight) => sum + weight);
    return Object.keys(weights).find(name => (at -= weights[name]) < 0) ?? 'reload';
  }

  // ---- events ----

  async join_() {
    const page = this.pull_(this.idle_);
    this.present.push(page);
    await page.do('play', {room: this.id});
    await this.entered_(page);
    this.model.comes(page.view.person);
  }

  async leave_() {
    const page = this.pull_(this.present);
    this.model.leaves(page.view.person);
    await page.do('leave');
    this.idle_.push(page);
  }

  async take_() {
    const {page, person} = this.anyone_();
    const seat = this.anySeat_();
    await this.say_(page, {type: 'takeSeat', seat, pad: 0});
    this.model.takes(person, seat);
  }

  async vacate_() {
    const {page, person} = this.anyone_();
    const seat = this.anySeat_();
    await this.say_(page, {type: 'leaveSeat', seat});
    this.model.vacates(person, seat);
  }

  async give_() {
    const {page, person} = this.anyone_();
    const seat = this.anySeat_();
    const to = this.random.of(this.model.members).id;
    await this.say_(page, {type: 'giveSeat', seat, person: to});
    this.model.gives(person, seat, to);
  }

  async swap_() {
    const {page, person} = this.anyone_();
    const [one, other] = [this.anySeat_(), this.anySeat_()];
    await this.say_(page, {type: 'swapSeats', one, other});
    this.model.swaps(person, one, other);
  }

  async reload_() {
    const {page, person} = this.anyone_();
    await page.do('reload');
    await this.entered_(page);
    this.isSame_(page, person);
    this.model.returns(person);
  }

  async kill_() {
    const page = this.pull_(this.present);
    await page.kill();
    this.model.vanishes(page.view.person, performance.now());
    this.idle_.push(await RemotePage.open(this.server_.url, {name: `${page.identity.name}'`}));
  }

  /** The whole browser dies, and opens its pages again. */
  async crashAndReturn_() {
    const {page, person} = this.anyone_();
    await page.kill();
    const again = await RemotePage.open(this.server_.url, page.identity);
    this.present[this.present.indexOf(page)] = again;
    await again.do('play', {room: this.id});
    await this.entered_(again);
    this.isSame_(again, person);
    this.model.returns(person);
  }

  /** Everybody plays on, in the seats that they have. */
  async killRoom_() {
    await this.alone_(async () => {
      process.kill(this.process_, 'SIGKILL');
      this.killed++;
    });
    await this.plays();
  }

  // ---- what they have in common ----

  async start_() {
    await this.alone_(async () => {
      const page = this.pull_(this.idle_);
      this.present.push(page);
      await this.play_(page);
      this.id = page.view.room;
      this.model = this.newModel_();
      this.model.comes(page.view.person);
    });
    await this.agrees_();
  }

  /** After that, one more process runs a game than before: this room's. @param {() => Promise<void>} start */
  async alone_(start) {
    const before = starting;
    let done = () => {};
    starting = new Promise(resolve => { done = () => resolve(undefined); });
    await before;
    try {
      const running = new Set(this.rooms_());
      await start();
      await until(() => {
        [this.process_] = this.rooms_().filter(pid => !running.has(pid));
        return this.process_;
      }, `a process for ${this.name_}`);
    } finally {
      done();
    }
  }

  /** @param {RemotePage} page */
  async play_(page) {
    await page.do('play', {game: this.game_});
    await until(async () => {
      const {state, trouble} = page.view;
      if (state !== 'failed') return state === 'playing';
      if (trouble?.code !== 'no-capacity') throw new Error(`${trouble?.message}\n${this.server_.log}`);
      await delay(1000); // the room that was killed still counts
      await page.do('play', {game: this.game_});
      return false;
    }, () => `${this.game_}, not ${page.view.state}; the server said\n${this.server_.log}`, {seconds: 60});
  }

  /** @param {RemotePage} page */
  async entered_(page) {
    await until(() => (page.view.person && page.view.facts) || page.view.state === 'failed', () => `${page.identity.name} to be in`);
    if (page.view.state === 'failed') throw new Error(`${page.identity.name}: ${page.view.trouble?.message}`);
  }

  isSame_(page, person) {
    if (page.view.person !== person) throw new Error(`${page.identity.name} came back as somebody else`);
  }

  /** Waits until everybody here was told the same, and that is what the model says. */
  async agrees_() {
    let complaint = '';
    const shape = ({facts}) => JSON.stringify(facts && {...facts, people: facts.people.map(person => ({...person, quality: null}))});
    const agree = () => {
      const [first, ...others] = this.present.map(({view}) => view);
      if (!first.facts) return false;
      const different = others.find(view => shape(view) !== shape(first));
      complaint = different ? `${shape(different)} instead of ${shape(first)}` : this.model.compare(first.facts, performance.now());
      if (complaint) complaint += `\n${shape(first)}\n${JSON.stringify(this.model.members)}`;
      return !complaint;
    };
    await until(agree, () => `server and model to agree in ${this.name_}: ${complaint}\n${this.story.slice(-20).join('\n')}`);
  }

  newModel_() {
    return new RoomModel({seats: this.game_.startsWith('nes/') ? 2 : 4, grace});
  }

  /** @returns {number[]} processes of rooms whose game runs */
  rooms_() {
    return this.server_.processesOf('emulator').filter(({pid}) => hasCore(pid)).map(({parent}) => parent);
  }

  /** @param {RemotePage[]} list  @returns {RemotePage} taken out of it */
  pull_(list) {
    return list.splice(this.random.below(list.length), 1)[0];
  }

  /**
   * What two pages say may come in any order. A new name tells that the server has heard this one.
   * @param {RemotePage} page  @param {import('../../../webroot/js/protocol.js').FromBrowser} message
   */
  async say_(page, message) {
    this.story.push(`  ${page.view.person}: ${JSON.stringify(message)}`);
    const name = `${page.identity.name} ${++this.said_}`;
    await page.do('say', message);
    await page.do('say', {type: 'rename', name});
    await until(() => page.view.facts?.people.some(person => person.name === name), () => `the server to hear ${name}`);
  }

  anyone_() {
    const page = this.random.of(this.present);
    return {page, person: page.view.person};
  }

  anySeat_() {
    return this.random.below(this.model.seats);
  }
}
