import puppeteer from 'puppeteer-core';
import {Player} from './player.js';

const chromium = {
  browser: /** @type {const} */ ('chrome'),
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // Sound follows the browser's own rules: a click must start it.
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
};
const firefox = {
  browser: /** @type {const} */ ('firefox'),
  executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  // Its Web Audio stands still on a machine without a sound card, unless it pretends to have one.
  extraPrefsFirefox: {'media.cubeb.force_mock_context': true},
};
const launches = {chromium, firefox};

/** Talks with the browser by a pipe, which needs no network. @param {string[]} at */
function launchAt([command, ...args]) {
  const {browser, executablePath, args: own} = chromium;
  return {
    browser, executablePath: command, pipe: true, ignoreDefaultArgs: true,
    args: [...args, executablePath, ...puppeteer.defaultArgs({browser, headless: true, args: own})],
  };
}

/** A real browser without a window. Each player has one of their own, so that none is in the background. */
export class Browser {
  /**
   * @param {keyof typeof launches} name
   * @param {string[]} [at]  what the command line begins with: Chromium can run in another network namespace
   */
  static async start(name = 'chromium', at = []) {
    const browser = await puppeteer.launch({
      ...(at.length ? launchAt(at) : launches[name]), headless: true, timeout: 120_000, protocolTimeout: 120_000,
      defaultViewport: {width: 1280, height: 800},
    });
    return new Browser(browser);
  }

  /** @param {import('puppeteer-core').Browser} browser */
  constructor(browser) {
    this.browser = browser;
  }

  /**
   * A person with a fresh profile.
   * @param {import('./server.js').Server} server
   */
  async player(server) {
    const context = await this.browser.createBrowserContext();
    const page = await context.newPage();
    withoutGestures(page);
    return new Player(page, server);
  }

  async stop() {
    await this.browser.close();
  }
}

/**
 * Puppeteer lets every script that it runs in a page count as a click, so that sound would never be blocked.
 * @param {any} page
 */
function withoutGestures(page) {
  const client = page._client?.(); // Chromium's only
  if (!client) return;
  const send = client.send.bind(client);
  client.send = (method, given, options) =>
    send(method, given?.userGesture ? {...given, userGesture: false} : given, options);
}
