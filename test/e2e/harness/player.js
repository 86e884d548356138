import * as inPage from './in_page.js';
import {until} from './until.js';

const patience = 45_000;

/** A person at a browser: what they do, and what they see and hear. */
export class Player {
  /**
   * @param {import('puppeteer-core').Page} page
   * @param {import('./server.js').Server} server
   */
  constructor(page, server) {
    this.page = page;
    this.server_ = server;
    /** @type {string[]} what the page complained of */
    this.complaints = [];
    page.setDefaultTimeout(patience);
    page.on('pageerror', error => this.complaints.push(String(error)));
    page.on('console', message => {
      if (['error', 'warn'].includes(message.type())) this.complaints.push(message.text());
    });
  }

  /** @param {string} path  e.g. "/play/nes/flash" */
  async visit(path) {
    await this.page.goto(this.server_.url + path);
  }

  /**
   * Picks a game from the library with the mouse.
   * @param {string} game  its id, or the beginning of it: the first that fits
   * @param {string} [query]
   * @returns {Promise<string>} its id
   */
  async pick(game, query = '') {
    await this.visit(`/${query}`);
    const card = await this.page.waitForSelector(`[data-game^="${game}"]`, {visible: true});
    const id = await card.evaluate(element => element.dataset.game);
    const button = await card.$('[data-action="play"]');
    await button.scrollIntoView();
    await button.click();
    await this.sees('playing');
    return id;
  }

  /** Goes straight into a game. @param {string} game  @param {string} [query] */
  async play(game, query = '') {
    await this.visit(`/play/${game}${query}`);
    await this.sees('playing');
  }

  /** Follows the link of another's room. @param {{path: string}} host */
  async join(host) {
    await this.visit(host.path);
    await this.sees('playing');
  }

  /** @param {string} state  of the page */
  async sees(state) {
    try {
      await this.page.waitForSelector(`body[data-state="${state}"]`, {timeout: patience});
    } catch (error) {
      const seen = await this.page.evaluate(() => `${document.body.dataset.state}: ${document.body.innerText}`);
      throw new Error(`expected the page to be ${state}, but it is ${seen}\n${this.complaints.join('\n')}\n` +
        this.server_.log.slice(-2000), {cause: error});
    }
  }

  /** What the page tells about a failure. @returns {Promise<{cause: string, remedy: string}>} */
  async trouble() {
    await this.sees('failed');
    return this.page.$eval('.panel[data-for="failed"]', panel => ({
      cause: panel.querySelector('.cause')?.textContent ?? '',
      remedy: panel.querySelector('.remedy')?.textContent ?? '',
    }));
  }

  /** @param {import('puppeteer-core').KeyInput} key */
  async press(key) {
    await this.page.keyboard.down(key);
  }

  /** @param {import('puppeteer-core').KeyInput} key */
  async release(key) {
    await this.page.keyboard.up(key);
  }

  /** Waits until the whole picture has one colour. @param {keyof typeof inPage.colours} colour */
  async seesColour(colour) {
    await this.page.evaluate(inPage.untilColour, colour, inPage.colours[colour], patience);
  }

  /** Waits until the picture tells that nobody holds a button. @param {number} [seconds] */
  async seesNothingHeld(seconds = patience / 1000) {
    await this.page.evaluate(inPage.untilNothingHeld, 1000 * seconds);
  }

  /** How many of the next frames differ from the one before. @param {number} frames */
  async changesIn(frames) {
    return this.page.evaluate(inPage.countChanges, frames, patience);
  }

  /** From now on, `pauses` counts. */
  async watchFrames() {
    await this.page.evaluate(inPage.watchFrames);
  }

  /** @returns {Promise<{frames: number, longest: number}>} frames since then, and the longest pause between two, ms */
  async pauses() {
    return this.page.evaluate(inPage.framesSeen);
  }

  /** What the server keeps for this person. @param {string} path  behind /api/saves @returns {Promise<any>} */
  async asksForSaves(path = '') {
    return this.page.evaluate(async path => {
      const key = JSON.parse(localStorage.getItem('playerKey'));
      return (await fetch(`/api/saves${path}`, {headers: {'X-Player': key}})).json();
    }, path);
  }

  /** Opens the panel of saves and chooses a slot there. @param {string} slot  "state/1" */
  async choosesSlot(slot) {
    if (await this.page.$('.saves[hidden]')) await this.page.keyboard.press('g');
    await (await this.page.waitForSelector(`.saves [data-slot="${slot}"]`, {visible: true})).click();
  }

  /** Presses a button of the panel of saves. @param {string} deed  @param {string} [part]  of the panel */
  async does(deed, part = '.chosen') {
    await (await this.page.waitForSelector(`.saves ${part} [data-does=${deed}]`, {visible: true})).click();
  }

  /** Opens the panel of who is here. */
  async openPeople() {
    if (await this.page.$('.people[hidden]')) await this.page.click('.bar [data-action=people]');
    await this.page.waitForSelector('.people .seats li', {visible: true});
  }

  /** Waits until a seat is held by somebody of that name; '' for nobody. @param {number} seat  @param {string} name */
  async seesSeat(seat, name) {
    await this.page.waitForFunction((seat, name) => {
      const row = document.querySelector(`.people [data-seat="${seat}"]`);
      return row && (name ? row.querySelector('.who')?.textContent.startsWith(name) : !row.querySelector('[data-does=take]').hidden);
    }, {timeout: patience}, seat, name);
  }

  /** Waits until the page says so in a note over the picture. @param {string} text  part of it */
  async isTold(text) {
    await this.page.waitForFunction(text => document.querySelector('.toast')?.textContent.includes(text), {timeout: patience}, text);
  }

  /** @param {string} name  for others to see */
  async callsItself(name) {
    await this.page.waitForSelector('.name-asked', {visible: true});
    await this.page.$eval('.name-asked input', (input, name) => { input.value = name; }, name);
    await this.page.click('.name-asked button');
    await this.page.waitForSelector('.name-asked', {hidden: true});
  }

  /** Waits until the test card's save memory says how often B was pressed. @param {number} presses  less than 8 */
  async seesPresses(presses) {
    await until(async () => await this.page.evaluate(inPage.readCard) === presses, `${presses} presses of B on the card`);
  }

  /** Begins to read the number that the game nes/counter shows. */
  async counts() {
    await this.page.evaluate(inPage.countOn);
  }

  /** @returns {Promise<import('./in_page.js').Counting>} since counts() or forgetsStills() */
  async counting() {
    return this.page.evaluate(() => window.counting);
  }

  /** Waits until the game has counted beyond that. @param {number} count */
  async countsBeyond(count) {
    await until(async () => (await this.counting()).count > count, `a count beyond ${count}`, {seconds: patience / 1000});
  }

  async forgetsStills() {
    await this.page.evaluate(() => Object.assign(window.counting, {longestStill: 0, farthestBack: 0}));
  }

  /** Waits until the sound is louder or softer than this. @param {{above?: number, below?: number}} loudness */
  async hears(loudness) {
    return this.page.evaluate(inPage.untilLoudness, loudness, patience);
  }

  /** @returns {Promise<import('../../../webroot/js/stats.js').Stats>} */
  async stats() {
    return this.page.evaluate(() => window.cloudretro.stats());
  }

  /** @returns {string} the path of the page's address */
  get path() {
    return new URL(this.page.url()).pathname;
  }

  /** Closes the page, and the profile with it. */
  async leave() {
    if (!this.page.isClosed()) await this.page.browserContext().close();
  }
}
