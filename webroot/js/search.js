// Finding games by what one types.

/** @typedef {import('./protocol.js').Game} Game */

/**
 * Text as it is compared: without case and accents.
 * @param {string} text
 */
export function fold(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** @type {WeakMap<Game, {name: string, all: string}>} */
const folded = new WeakMap();

/** @param {Game} game */
function foldedOf(game) {
  let text = folded.get(game);
  if (!text) {
    const name = fold(game.name);
    text = {name, all: `${name} ${fold(game.systemName)} ${fold(game.system)}`};
    folded.set(game, text);
  }
  return text;
}

/**
 * The games of which each word of `query` is a part, of the name or the system; names that begin with it come first.
 * @param {readonly Game[]} games
 * @param {string} query
 * @param {string} [system]  only of this one
 * @returns {Game[]}
 */
export function search(games, query, system = '') {
  const text = fold(query.trim());
  const words = text.split(/\s+/);
  const found = games.filter(game =>
    (!system || game.system === system) && words.every(word => foldedOf(game).all.includes(word)));
  const begins = (/** @type {Game} */ game) => foldedOf(game).name.startsWith(text);
  return text ? [...found.filter(begins), ...found.filter(game => !begins(game))] : found;
}
