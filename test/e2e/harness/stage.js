import {after, before} from 'node:test';
import {Browser} from './browser.js';
import {Server} from './server.js';

/**
 * A server and browsers for the tests of one file: there before the first, gone after the last.
 * @param {{server?: Parameters<typeof Server.start>[0], browsers?: Parameters<typeof Browser.start>[0][]}} [given]
 */
export function stage({server: how, browsers: names = ['chromium']} = {}) {
  const stage = {
    server: /** @type {Server} */ (/** @type {unknown} */ (null)),
    browsers: /** @type {Browser[]} */ ([]),
    /** A new person at one of the browsers. @param {number} [browser] */
    player: (browser = 0) => stage.browsers[browser].player(stage.server),
  };
  before(async () => {
    stage.server = await Server.start(how);
    for (const name of names) stage.browsers.push(await Browser.start(name));
  });
  after(async () => {
    await Promise.all(stage.browsers.map(browser => browser.stop()));
    await stage.server?.stop();
  });
  return stage;
}
