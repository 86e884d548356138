import {execFileSync} from 'node:child_process';
import {cpus, loadavg} from 'node:os';

/** Where and of what a measurement was taken. */
export function circumstances() {
  const git = (...args) => execFileSync('git', args, {encoding: 'utf8'}).trim();
  return {
    date: new Date().toISOString(),
    commit: git('describe', '--always', '--dirty'),
    cpu: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
    load: loadavg()[0],
  };
}

/** @param {number[]} values  @returns {{p50: number, p90: number, p99: number}} rounded to tenths */
export function percentiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share => Math.round(10 * sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]) / 10;
  return {p50: at(0.5), p90: at(0.9), p99: at(0.99)};
}

/** @param {(string | number)[]} cells */
export function row(...cells) {
  return `| ${cells.join(' | ')} |`;
}
