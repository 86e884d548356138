import {execFileSync} from 'node:child_process';

/**
 * Cuts the UDP port of a connection on this machine, as a network does that went away: nothing passes, nobody is told.
 * @param {number} port
 * @returns {() => void} ends it
 */
export function cutUdp(port) {
  const table = `cloudretro_test_${process.pid}_${port}`;
  execFileSync('nft', ['-f', '-'], {input: `table inet ${table} {
    chain drops {
      type filter hook input priority 0;
      udp sport ${port} drop
      udp dport ${port} drop
    }
  }\n`});
  const mend = () => execFileSync('nft', ['delete', 'table', 'inet', table]);
  process.once('exit', mend);
  return () => {
    process.removeListener('exit', mend);
    mend();
  };
}
