// The messages between browser and server: the mirror of include/cloudretro/protocol.hpp, by the same names.
//
// Each table shows a message's fields by example: the example's kind is the field's kind, and its value the default
// of a missing field. A list is shown with one element, and its default is empty.

export const version = 1;

/** @typedef {{code: string, message: string, remedy: string}} Trouble */
/** @typedef {{urls: string[], username: string, credential: string}} IceServer */
/** @typedef {{id: string, system: string, systemName: string, name: string, seats: number, playable: boolean}} Game */
/** @typedef {{width: number, height: number, aspect: number, fps: number}} Picture */

/** @typedef {{type: 'hello', version: number, codecs: string[], name: string}} Hello */
/** @typedef {{type: 'start', game: string}} Start */
/** @typedef {{type: 'join', room: string}} Join */
/** @typedef {{type: 'answer', peer: string, sdp: string}} Answer */
/** @typedef {{type: 'candidate', peer: string, line: number, candidate: string}} Candidate */
/** @typedef {{type: 'retry'}} Retry */
/** @typedef {{type: 'command', action: string}} Command */
/** @typedef {{type: 'leave'}} Leave */
/** @typedef {Hello | Start | Join | Answer | Candidate | Retry | Command | Leave} FromBrowser */

/** @typedef {{type: 'welcome', version: number, iceServers: IceServer[]}} Welcome */
/** @typedef {{type: 'joined', room: string, game: Game, seat: number}} Joined */
/** @typedef {{type: 'offer', peer: string, sdp: string}} Offer */
/** @typedef {{type: 'picture', picture: Picture}} PictureChanged */
/** @typedef {{type: 'failed', trouble: Trouble}} Failed */
/** @typedef {{type: 'ended', message: string}} Ended */
/** @typedef {{type: 'libraryChanged'}} LibraryChanged */
/** @typedef {Welcome | Joined | Offer | Candidate | PictureChanged | Failed | Ended | LibraryChanged} ToBrowser */

const trouble = {code: '', message: '', remedy: ''};
const iceServer = {urls: [''], username: '', credential: ''};
const game = {id: '', system: '', systemName: '', name: '', seats: 2, playable: true};
const picture = {width: 0, height: 0, aspect: 0, fps: 0};
const candidate = {peer: '', line: 0, candidate: ''};

/** @type {Record<FromBrowser['type'], Record<string, unknown>>} */
export const fromBrowser = {
  hello: {version: 0, codecs: [''], name: ''},
  start: {game: ''},
  join: {room: ''},
  answer: {peer: '', sdp: ''},
  candidate,
  retry: {},
  command: {action: ''},
  leave: {},
};

/** @type {Record<ToBrowser['type'], Record<string, unknown>>} */
export const toBrowser = {
  welcome: {version: 1, iceServers: [iceServer]},
  joined: {room: '', game, seat: -1},
  offer: {peer: '', sdp: ''},
  candidate,
  picture: {picture},
  failed: {trouble},
  ended: {message: ''},
  libraryChanged: {},
};

/** What `shape` has no room for: a field of the wrong kind. */
class Mismatch extends Error {}

/**
 * `value` with the fields of `shape`, missing ones at their defaults.
 * @param {unknown} shape
 * @param {unknown} value
 * @returns {unknown}
 * @throws {Mismatch}
 */
function shaped(shape, value) {
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) throw new Mismatch();
    return value.map(item => shaped(shape[0], item));
  }
  if (typeof shape === 'object' && shape !== null) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Mismatch();
    const given = /** @type {Record<string, unknown>} */ (value);
    return Object.fromEntries(Object.entries(shape).map(([name, example]) =>
      [name, name in given ? shaped(example, given[name]) : initial(example)]));
  }
  if (typeof value !== typeof shape) throw new Mismatch();
  return value;
}

/** @param {unknown} example */
function initial(example) {
  if (Array.isArray(example)) return [];
  return typeof example === 'object' && example !== null ? shaped(example, {}) : example;
}

/**
 * @template T
 * @param {() => T} read
 * @returns {T | null} null where `read` met something that is not of the protocol
 */
function untrusted(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof Mismatch || error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * One message from the server, or null: no JSON, of no known type, or with a field of the wrong kind.
 * @param {string} text
 * @returns {ToBrowser | null}
 */
export function decode(text) {
  return untrusted(() => {
    const json = JSON.parse(text);
    const type = /** @type {ToBrowser['type']} */ (json?.type);
    if (!Object.hasOwn(toBrowser, type)) return null;
    const fields = /** @type {object} */ (shaped(toBrowser[type], json));
    return /** @type {ToBrowser} */ ({type, ...fields});
  });
}

/**
 * The answer of /api/games, or null when it is no list of games.
 * @param {unknown} json
 * @returns {Game[] | null}
 */
export function decodeGames(json) {
  return untrusted(() => /** @type {Game[]} */ (shaped([game], json)));
}
