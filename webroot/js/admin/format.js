// Numbers as people read them. What was not measured is a dash.

const unknown = '–';

/** @param {number} ratio  0..1 */
export const percent = ratio => `${Math.round(100 * ratio)} %`;

/** @param {number} mebibytes */
export const memory = mebibytes =>
  mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`;

/** @param {number} ms  negative: not measured */
export const milliseconds = ms => (ms < 0 ? unknown : ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`);

/** @param {number} bits  a second; negative: not measured */
export const bitrate = bits =>
  bits < 0 ? unknown : bits < 1e6 ? `${Math.round(bits / 1e3)} kbit/s` : `${(bits / 1e6).toFixed(1)} Mbit/s`;

/** @param {number} seconds */
export function duration(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${Math.floor(seconds)} s`;
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param {number} number  @param {string} thing */
export const count = (number, thing) => `${number} ${thing}${number === 1 ? '' : 's'}`;
