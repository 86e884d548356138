// What a person may do with seats, and how a room reads in words. Pure.

/** @typedef {import('./protocol.js').Person} Person */
/** @typedef {import('./protocol.js').RoomChanged} Room */
/** @typedef {import('./protocol.js').FromBrowser} Wish */

/**
 * @param {Room} room
 * @param {number} seat
 * @returns {Person | null}
 */
export function holderOf(room, seat) {
  return room.people.find(({seats}) => seats.includes(seat)) ?? null;
}

/** @param {Person} person */
export const plays = person => person.seats.some(seat => seat >= 0);

/**
 * Where the one in `seat` can go, each with the message that asks for it.
 * @param {Room} room
 * @param {string} me   Person.id
 * @param {number} seat
 * @param {number} seats  that the game has
 * @returns {{label: string, wish: Wish}[]}
 */
export function movesFrom(room, me, seat, seats) {
  const holder = holderOf(room, seat);
  const isHost = room.host === me;
  if (!holder || (!isHost && holder.id !== me)) return [];
  const others = Array.from({length: seats}, (_, i) => i).filter(other => other !== seat);
  const toSeats = others.map(other => {
    const there = holderOf(room, other);
    const swaps = isHost || !there || there.id === me;
    return {
      label: there ? `${controller(other)} (swap with ${there.name})` : controller(other),
      wish: /** @type {Wish} */ (swaps || !there ? {type: 'swapSeats', one: seat, other}
        : {type: 'giveSeat', seat, person: there.id}),
    };
  });
  const toWatchers = room.people.filter(person => !plays(person) && !person.away).map(person => ({
    label: person.id === me ? 'Give it to me' : `Give it to ${person.name}`,
    wish: /** @type {Wish} */ ({type: 'giveSeat', seat, person: person.id}),
  }));
  return [...toSeats, ...toWatchers];
}

/**
 * Why somebody may not save and load here, in a sentence; empty: they may.
 * @param {Room | null} room
 * @param {string} me  Person.id
 */
export function whyNoSaving(room, me) {
  if (!room) return 'The game is not there yet.';
  if (room.host === me) return '';
  if (!room.guestsSave) return 'Only the host saves and loads here; they can allow it to others under “Play together”.';
  const person = room.people.find(({id}) => id === me);
  return person && plays(person) ? '' : 'Who only watches does not save or load: take a controller first.';
}

/** @param {number} seat */
export const controller = seat => `Controller ${seat + 1}`;

/**
 * How good a connection is: 3 good, 2 fair, 1 poor, 0 unknown or gone.
 * @param {Person} person
 */
export function bars({away, quality: {roundTrip, lost}}) {
  if (away || roundTrip < 0) return 0;
  if (roundTrip <= 50 && lost <= 10) return 3;
  return roundTrip <= 120 && lost <= 40 ? 2 : 1;
}

/** @param {Person} person */
export function qualityInWords(person) {
  if (person.away) return 'away';
  const {roundTrip, lost} = person.quality;
  if (roundTrip < 0) return 'measuring the connection';
  return `${['', 'poor', 'fair', 'good'][bars(person)]} connection: ${roundTrip} ms` +
    (lost > 0 ? `, ${(lost / 10).toFixed(1)} % lost` : '');
}

/**
 * What changed, in sentences for a person in the room.
 * @param {Room | null} before
 * @param {Room} now
 * @param {string} me  Person.id
 * @returns {string[]}
 */
export function news(before, now, me) {
  if (!before) return [];
  /** @type {string[]} */
  const sentences = [];
  for (const person of now.people) {
    const was = before.people.find(({id}) => id === person.id);
    if (person.id === me) sentences.push(...newsOfMe(was, person));
    else if (!was) sentences.push(plays(person) ? `${person.name} plays along` : `${person.name} is watching`);
    else if (was.away !== person.away) sentences.push(person.away ? `${person.name} is away` : `${person.name} is back`);
  }
  for (const was of before.people) {
    if (was.id !== me && !now.people.some(({id}) => id === was.id)) sentences.push(`${was.name} has left`);
  }
  if (now.host === me && before.host !== me) sentences.push('You are the host now');
  return sentences;
}

/**
 * @param {Person | undefined} was
 * @param {Person} now
 */
function newsOfMe(was, now) {
  const held = was?.seats.filter(seat => seat >= 0) ?? [];
  const holds = now.seats.filter(seat => seat >= 0);
  const added = holds.filter(seat => !held.includes(seat));
  if (added.length) return [`You have ${added.map(controller).join(' and ')}`];
  return held.length && !holds.length ? ['You are watching now'] : [];
}
