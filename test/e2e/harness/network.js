import {execFileSync, spawn} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {build} from './server.js';
import {until} from './until.js';

/** @param {string[]} args */
const ip = (...args) => execFileSync('ip', args, {stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8'});

const ahead = ['/usr/bin/nice', '-n', '-15'];
const family = 'cloudretro-test-';

/** Of tests that were killed. */
function removeLeftovers() {
  for (const name of existsSync('/run/netns') ? readdirSync('/run/netns') : []) {
    const [pid] = name.startsWith(family) ? name.slice(family.length).split('-') : [];
    if (pid && !existsSync(`/proc/${pid}`)) ip('netns', 'delete', name);
  }
}

/**
 * ms; kbit/s that narrow() leaves, each way, 0: all; the only UDP port that it lets pass, 0: none.
 * @typedef {[from: string, to: string, roundTrip: number, kbit?: number, udpPort?: number]} Way
 */

/**
 * Places with distance between them: network namespaces of this machine, and a process that carries their packets as
 * slowly as it is told. Needs root.
 */
export class Network {
  /**
   * @param {string[]} places
   * @param {Way[]} ways
   * @returns {Promise<Network>}
   */
  static async start(places, ways) {
    removeLeftovers();
    const network = new Network(places);
    try {
      for (const place of places) network.make_(place);
      await network.carry_(ways);
    } catch (error) {
      network.stop();
      throw error;
    }
    return network;
  }

  /** @param {string[]} places */
  constructor(places) {
    this.places_ = places;
    this.prefix_ = `${family}${process.pid}-`;
    this.log = '';
  }

  /** @param {string} place */
  addressOf(place) {
    return `10.99.0.${this.places_.indexOf(place) + 1}`;
  }

  /**
   * What a command line begins with so that it runs there. It goes before what else the machine does: on a busy one
   * packets would wait longer for a processor than they are on the way.
   * @param {string} place
   */
  at(place) {
    return [...ahead, '/usr/sbin/ip', 'netns', 'exec', this.prefix_ + place];
  }

  /** From now on each way carries no more than it was said to. */
  narrow() {
    this.carrier_?.kill('SIGUSR1');
  }

  stop() {
    this.carrier_?.kill('SIGKILL');
    for (const place of this.places_) {
      if (existsSync(`/run/netns/${this.prefix_}${place}`)) ip('netns', 'delete', this.prefix_ + place);
    }
  }

  /** @param {string} place */
  make_(place) {
    const name = this.prefix_ + place;
    try {
      ip('netns', 'add', name);
      ip('-n', name, 'tuntap', 'add', 'net0', 'mode', 'tun');
    } catch (error) {
      throw new Error('This test makes network namespaces and TUN devices: run it as root where the kernel lets root ' +
        `do that (a container needs NET_ADMIN, SYS_ADMIN and /dev/net/tun). ${error.stderr}`, {cause: error});
    }
    ip('-n', name, 'link', 'set', 'lo', 'up');
    ip('-n', name, 'address', 'add', `${this.addressOf(place)}/24`, 'dev', 'net0');
    ip('-n', name, 'link', 'set', 'net0', 'up');
    ip('-n', name, 'route', 'add', 'default', 'dev', 'net0');
  }

  /** @param {Way[]} ways */
  async carry_(ways) {
    const [command, ...first] = [...ahead, path.join(build, 'test/net/delay')];
    const carrier = spawn(command, [
      ...first,
      ...this.places_.map(place => this.prefix_ + place), '--',
      ...ways.flatMap(([from, to, ms, kbit = 0, port = -1]) =>
        [this.prefix_ + from, this.prefix_ + to, `${ms / 2}@${kbit}${port < 0 ? '' : `/${port}`}`])]);
    this.carrier_ = carrier;
    for (const stream of [carrier.stdout, carrier.stderr]) stream.on('data', text => { this.log += text; });
    await until(() => this.log.includes('ready') || carrier.exitCode !== null, 'the network');
    if (carrier.exitCode !== null) throw new Error(`The network ended: ${this.log}`);
  }
}
