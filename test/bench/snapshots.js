// How steadily an emulator's frames come with automatic snapshots and without, core by core (pacing.cpp).
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {build} from '../e2e/harness/server.js';
import {circumstances, row} from './report.js';

const seconds = process.argv[2] ?? '120';
const games = path.join(build, 'cores/test-games');
const cores = [
  ['nestopia', path.join(games, 'nes/counter.nes')],
  ['bsnes_mercury_balanced', 'stub.sfc'],
  ['desmume', 'stub.nds'], // its states have 12 MB; not among the packages that the project installs
];

/** @param {string} core */
const isInstalled = core => readdirSync('/usr/lib').some(folder => existsSync(`/usr/lib/${folder}/libretro/${core}_libretro.so`));

const results = cores.filter(([core]) => isInstalled(core)).map(([core, game]) => {
  const output = execFileSync(path.join(build, 'test/bench/pacing'), [core, game, seconds],
    {encoding: 'utf8', env: {...process.env, CLOUDRETRO_TEST_BUILD: build}, stdio: ['ignore', 'pipe', 'inherit']});
  return {...JSON.parse(output), ...circumstances()};
});
console.log(JSON.stringify(results, null, 2));
console.log(row('core', 'state', 'snapshots', 'frames', 'off by p50', 'p99', 'p99.9', 'late', 'skipped', 'a snapshot, p50', 'p99', 'load'));
console.log(row(...Array(12).fill('---')));
for (const {core, stateBytes, snapshots, snapshotMs, load, ...turns} of results) {
  for (const kind of ['off', 'on']) {
    const {frames, intervalErrorMs: error, late, skipped} = turns[kind];
    console.log(row(core, stateBytes, kind === 'on' ? snapshots : 0, frames, error.p50, error.p99, error.p999, late, skipped,
      kind === 'on' ? snapshotMs.p50 : '', kind === 'on' ? snapshotMs.p99 : '', load));
  }
}
