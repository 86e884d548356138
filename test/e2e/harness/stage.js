import {after, afterEach, before} from 'node:test';
import {Browser} from './browser.js';
import {Server} from './server.js';
import {until} from './until.js';

/**
 * A server and browsers for the tests of one file: there before the first, gone after the last. Between two tests,
 * everybody leaves.
 * @param {{server?: Parameters<typeof Server.start>[0], browsers?: Parameters<typeof Browser.start>[0][]}} [given]
 */
export function stage({server: how, browsers: names = ['chromium']} = {}) {
  const stage = {
    server: /** @type {Server} */ (/** @type {unknown} */ (null)),
    browsers: /** @type {Browser[]} */ ([]),
    /** A new person at one of the browsers. @param {number} [browser] */
    player: async (browser = 0) => {
      const player = await stage.browsers[browser].player(stage.server);
      stage.players.push(player);
      return player;
    },
    players: /** @type {import('./player.js').Player[]} */ ([]),
  };
  before(async () => {
    stage.server = await Server.start(how);
    for (const name of names) stage.browsers.push(await Browser.start(name));
  });
  afterEach(async () => {
    for (const player of stage.players.splice(0)) await player.leave();
    await until(() => stage.server.processesOf('room').length <= 1, 'the end of all rooms but the spare one');
  });
  after(async () => {
    await Promise.all(stage.browsers.map(browser => browser.stop()));
    await stage.server?.stop();
  });
  return stage;
}
