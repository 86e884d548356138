// The messages between browser and server: the mirror of include/cloudretro/protocol.hpp, by the same names.
//
// Each table shows a message's fields by example: the example's kind is the field's kind, and its value the default
// of a missing field. A list is shown with one element, and its default is empty.

export const version = 3;

/** @typedef {{code: string, message: string, remedy: string}} Trouble */
/** @typedef {{urls: string[], username: string, credential: string}} IceServer */
/** @typedef {{id: string, system: string, systemName: string, name: string, seats: number, playable: boolean}} Game */
/** @typedef {{width: number, height: number, aspect: number, fps: number}} Picture */

/** @typedef {{roundTrip: number, lost: number, bitrate: number, fps: number}} Quality */
/** @typedef {{id: string, name: string, seats: number[], away: boolean, quality: Quality}} Person */
/**
 * @typedef {{worker: string, region: string, user: string, password: string, fingerprint: string, candidates: string[]}}
 *   Landmark
 */
/** @typedef {{worker: string, ms: number}} RoundTrip */

/** @typedef {{type: 'hello', version: number, codecs: string[], name: string, key: string, tab: string}} Hello */
/** @typedef {{type: 'start', game: string, roundTrips: RoundTrip[], region: string, worker: string, resume: boolean}} Start */
/** @typedef {{type: 'join', room: string, peer: string}} Join */
/** @typedef {{type: 'answer', peer: string, sdp: string}} Answer */
/** @typedef {{type: 'candidate', peer: string, line: number, candidate: string}} Candidate */
/** @typedef {{type: 'retry'}} Retry */
/** @typedef {{type: 'command', action: string}} Command */
/** @typedef {{type: 'takeSeat', seat: number, pad: number}} TakeSeat */
/** @typedef {{type: 'leaveSeat', seat: number}} LeaveSeat */
/** @typedef {{type: 'giveSeat', seat: number, person: string}} GiveSeat */
/** @typedef {{type: 'swapSeats', one: number, other: number}} SwapSeats */
/** @typedef {{type: 'setRoom', locked: boolean, listed: boolean, guestsSave: boolean}} SetRoom */
/** @typedef {{type: 'saveGame', slot: string, name: string}} SaveGame */
/** @typedef {{type: 'loadGame', slot: string, sequence: number}} LoadGame */
/** @typedef {{type: 'undoLoad'}} UndoLoad */
/** @typedef {{type: 'rewind', on: boolean}} Rewind */
/** @typedef {{type: 'removePerson', person: string}} RemovePerson */
/** @typedef {{type: 'endRoom'}} EndRoom */
/** @typedef {{type: 'rename', name: string}} Rename */
/** @typedef {{samples: number[], means: number[]}} InputLatency  ms; means: of inputParts, in that order */
/** @typedef {{type: 'report', quality: Quality, latency: InputLatency}} Report */
/** @typedef {{type: 'leave'}} Leave */
/**
 * @typedef {Hello | Start | Join | Answer | Candidate | Retry | Command | TakeSeat | LeaveSeat | GiveSeat | SwapSeats
 *   | SetRoom | SaveGame | LoadGame | UndoLoad | Rewind | RemovePerson | EndRoom | Rename | Report | Leave} FromBrowser
 */

/** @typedef {{type: 'welcome', version: number, iceServers: IceServer[], origin: string}} Welcome */
/** @typedef {{type: 'landmarks', landmarks: Landmark[]}} Landmarks */
/** @typedef {{type: 'joined', room: string, game: Game, person: string}} Joined */
/**
 * @typedef {{type: 'room', host: string, locked: boolean, listed: boolean, paused: boolean, guestsSave: boolean,
 *   people: Person[]}} RoomChanged
 */
/** @typedef {{type: 'gameSaved', slot: string, sequence: number, person: string, trouble: Trouble}} GameSaved */
/** @typedef {{type: 'gameLoaded', slot: string, person: string, trouble: Trouble}} GameLoaded */
/** @typedef {{type: 'savesChanged', game: string}} SavesChanged */
/** @typedef {{type: 'progress', done: number, total: number}} Progress */
/** @typedef {{type: 'notice', text: string}} Notice */
/** @typedef {{type: 'offer', peer: string, sdp: string}} Offer */
/** @typedef {{type: 'picture', picture: Picture}} PictureChanged */
/** @typedef {{type: 'failed', trouble: Trouble}} Failed */
/** @typedef {{type: 'ended', message: string}} Ended */
/** @typedef {{type: 'libraryChanged'}} LibraryChanged */
/** @typedef {{type: 'roomsChanged'}} RoomsChanged */
/**
 * @typedef {Welcome | Landmarks | Joined | RoomChanged | GameSaved | GameLoaded | SavesChanged | Progress | Notice
 *   | Offer | Candidate | PictureChanged | Failed | Ended | LibraryChanged | RoomsChanged} ToBrowser
 */

/**
 * A room that everybody may see, of /api/rooms.
 * @typedef {{id: string, game: Game, players: string[], watching: number, freeSeat: boolean, locked: boolean, photo: boolean}}
 *   OpenRoom
 */

/**
 * A save of the player, of /api/saves. `kind`: 'state', 'sram' or 'files'; `time`: ms since 1970; `current`: it is what
 * its slot holds.
 * @typedef {{game: Game, kind: string, slot: string, sequence: number, name: string, time: number, size: number,
 *   core: string, coreVersion: string, picture: boolean, current: boolean}} SaveView
 */

const trouble = {code: '', message: '', remedy: ''};
const iceServer = {urls: [''], username: '', credential: ''};
const game = {id: '', system: '', systemName: '', name: '', seats: 2, playable: true};
const picture = {width: 0, height: 0, aspect: 0, fps: 0};
const candidate = {peer: '', line: 0, candidate: ''};
const quality = {roundTrip: -1, lost: 0, bitrate: 0, fps: 0};
const person = {id: '', name: '', seats: [0], away: false, quality};
const landmark = {worker: '', region: '', user: '', password: '', fingerprint: '', candidates: ['']};
const openRoom = {id: '', game, players: [''], watching: 0, freeSeat: false, locked: false, photo: false};
const saveView = {
  game, kind: '', slot: '', sequence: 0, name: '', time: 0, size: 0, core: '', coreVersion: '', picture: false, current: false,
};

/** @type {Record<FromBrowser['type'], Record<string, unknown>>} */
export const fromBrowser = {
  hello: {version: 0, codecs: [''], name: '', key: '', tab: ''},
  start: {game: '', roundTrips: [{worker: '', ms: 0}], region: '', worker: '', resume: false},
  join: {room: '', peer: ''},
  answer: {peer: '', sdp: ''},
  candidate,
  retry: {},
  command: {action: ''},
  takeSeat: {seat: -1, pad: 0},
  leaveSeat: {seat: 0},
  giveSeat: {seat: 0, person: ''},
  swapSeats: {one: 0, other: 0},
  setRoom: {locked: false, listed: false, guestsSave: false},
  saveGame: {slot: '1', name: ''},
  loadGame: {slot: '1', sequence: 0},
  undoLoad: {},
  rewind: {on: false},
  removePerson: {person: ''},
  endRoom: {},
  rename: {name: ''},
  report: {quality, latency: {samples: [0], means: [0]}},
  leave: {},
};

/** @type {Record<ToBrowser['type'], Record<string, unknown>>} */
export const toBrowser = {
  welcome: {version: 3, iceServers: [iceServer], origin: ''},
  landmarks: {landmarks: [landmark]},
  joined: {room: '', game, person: ''},
  room: {host: '', locked: false, listed: false, paused: false, guestsSave: false, people: [person]},
  gameSaved: {slot: '', sequence: 0, person: '', trouble},
  gameLoaded: {slot: '', person: '', trouble},
  savesChanged: {game: ''},
  progress: {done: 0, total: 0},
  notice: {text: ''},
  offer: {peer: '', sdp: ''},
  candidate,
  picture: {picture},
  failed: {trouble},
  ended: {message: ''},
  libraryChanged: {},
  roomsChanged: {},
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

/**
 * The answer of /api/rooms, or null when it is no list of rooms.
 * @param {unknown} json
 * @returns {OpenRoom[] | null}
 */
export function decodeRooms(json) {
  return untrusted(() => /** @type {OpenRoom[]} */ (shaped([openRoom], json)));
}

/**
 * The answer of /api/saves, or null when it is no list of saves.
 * @param {unknown} json
 * @returns {SaveView[] | null}
 */
export function decodeSaves(json) {
  return untrusted(() => /** @type {SaveView[]} */ (shaped([saveView], json)));
}
