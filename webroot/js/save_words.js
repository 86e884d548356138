// How saves are ordered and read in words. Pure.

/** @typedef {import('./protocol.js').SaveView} SaveView */
/** @typedef {import('./saves.js').Place} Place */
/**
 * @typedef {Place & {versions: SaveView[], current: SaveView | null}} Slot  versions: newest first
 */

export const quickSlot = '1';
const numbers = Array.from({length: 9}, (_, i) => String(i + 1));

/** The slots that a game always has. @type {readonly Place[]} */
const usual = [
  ...numbers.map(slot => ({kind: 'state', slot})), {kind: 'state', slot: 'auto'}, {kind: 'sram', slot: 'auto'},
];

/**
 * All slots of a game: the usual ones, and what else there is.
 * @param {readonly SaveView[]} saves  of one game, newest first
 * @returns {Slot[]}
 */
export function slotsOf(saves) {
  /** @type {Map<string, Slot>} */
  const slots = new Map(usual.map(place => [idOf(place), {...place, versions: [], current: null}]));
  for (const save of saves) {
    const {kind, slot} = save;
    const there = slots.get(idOf(save)) ?? {kind, slot, versions: [], current: null};
    there.versions.push(save);
    if (save.current) there.current = save;
    slots.set(idOf(save), there);
  }
  return [...slots.values()];
}

/** @param {Place} place */
export const idOf = ({kind, slot}) => `${kind}/${slot}`;

/** Whether players save there themselves. @param {Place} place */
export const isNumbered = ({kind, slot}) => kind === 'state' && numbers.includes(slot);

/** @param {Place} place */
export function titleOf({kind, slot}) {
  if (kind === 'sram') return 'Battery save';
  if (kind === 'files') return 'Files of the game';
  return slot === 'auto' ? 'Automatic' : `Slot ${slot}`;
}

/** What a slot is for, where its title does not say it. @param {Place} place */
export function purposeOf({kind, slot}) {
  if (kind === 'sram') return 'What the game itself saves, as on the cartridge. It is read when the game starts.';
  if (kind === 'files') return 'What the game itself wrote into files. They are there when the game starts.';
  return slot === 'auto' ? 'Kept by itself every few seconds, and when you leave.' : '';
}

const endings = /** @type {Record<string, string>} */ ({state: 'state', sram: 'srm', files: 'tar'});

/** What its file is called when it is downloaded. @param {SaveView} save */
export function fileNameOf(save) {
  const time = new Date(save.time).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
  return `${save.game.name} (${titleOf(save)}, ${time}).${endings[save.kind] ?? 'bin'}`;
}

/** @type {[Intl.RelativeTimeFormatUnit, number][]} each with its ms */
const units = [['day', 864e5], ['hour', 36e5], ['minute', 6e4]];
const relative = new Intl.RelativeTimeFormat('en', {numeric: 'auto'});
const day = new Intl.DateTimeFormat('en', {dateStyle: 'medium'});
const minute = new Intl.DateTimeFormat('en', {month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});

/** "5 minutes ago". @param {number} time  @param {number} now  both in ms */
export function ago(time, now) {
  const age = now - time;
  if (age >= 7 * 864e5) return day.format(time);
  for (const [unit, ms] of units) {
    if (age >= ms) return relative.format(-Math.floor(age / ms), unit);
  }
  return 'just now';
}

/** "Nov 24, 17:05". @param {number} time  ms since 1970 */
export const moment = time => minute.format(time);

/** @param {number} bytes */
export function sizeInWords(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** When, how large, by what. @param {SaveView} save  @param {number} now */
export function aboutSave(save, now) {
  return [ago(save.time, now), sizeInWords(save.size), `${save.core} ${save.coreVersion}`.trim()]
    .filter(part => part).join(' · ');
}
