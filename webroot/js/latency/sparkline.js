/**
 * The points of an SVG polyline through some values, from nought at the bottom to the largest at the top.
 * @param {readonly number[]} values
 * @param {number} width
 * @param {number} height
 */
export function sparkline(values, width, height) {
  const most = Math.max(...values, 1);
  const step = width / Math.max(1, values.length - 1);
  const round = (/** @type {number} */ x) => Math.round(10 * x) / 10;
  return values.map((value, i) => `${round(i * step)},${round(height * (1 - value / most))}`).join(' ');
}
