/**
 * @param {number} seats
 * @returns {string} how many can play, in words
 */
export function seatsInWords(seats) {
  return seats > 1 ? `1 to ${seats} players` : '1 player';
}
