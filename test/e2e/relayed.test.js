// No UDP passes between player and server but through a TURN relay, which knows the server's secret.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {Browser} from './harness/browser.js';
import {Network} from './harness/network.js';
import {Server} from './harness/server.js';
import {until} from './harness/until.js';

const secret = 'what coturn and the server know';
const port = 3478;
const home = mkdtempSync(path.join(tmpdir(), 'cloudretro-relayed-'));

/** @type {Network} */
let network;
/** @type {Server} */
let server;
/** @type {Browser} */
let browser;
/** @type {import('node:child_process').ChildProcess} */
let relay;

/** coturn, as docs/network.md says. */
async function startRelay() {
  const address = network.addressOf('relay');
  const [command, ...args] = [...network.at('relay'), '/usr/bin/turnserver', '-n', '--use-auth-secret',
    `--static-auth-secret=${secret}`, '--realm=cloudretro', `--listening-ip=${address}`, `--relay-ip=${address}`,
    `--listening-port=${port}`, '--no-tls', '--no-dtls', '--no-cli', '--log-file=stdout', '--simple-log',
    `--pidfile=${path.join(home, 'pid')}`, `--userdb=${path.join(home, 'users')}`];
  relay = spawn(command, args, {stdio: ['ignore', 'pipe', 'pipe'], cwd: home});
  let log = '';
  for (const stream of [relay.stdout, relay.stderr]) stream.on('data', text => { log += text; });
  await until(() => /Total General servers/.test(log), () => `the relay; it said:\n${log}`, {seconds: 30});
}

/** Runs in the page, before its own scripts. */
function keepConnections() {
  const connections = [];
  Object.assign(window, {connections});
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) {
      super(...given);
      connections.push(this);
    }
  };
}

/** Which candidate of its own the game's connection uses, and who it says it is to the relay. Runs in the page. */
async function wayOfLast() {
  const connection = window.connections.at(-1);
  const stats = [...(await connection.getStats()).values()];
  const {selectedCandidatePairId} = stats.find(({type}) => type === 'transport');
  const pair = stats.find(({id}) => id === selectedCandidatePairId);
  const own = stats.find(({id}) => id === pair.localCandidateId);
  return {type: own.candidateType, user: connection.getConfiguration().iceServers[0].username};
}

before(async () => {
  const secretFile = path.join(home, 'secret');
  writeFileSync(secretFile, secret, {mode: 0o600});
  network = await Network.start(['hub', 'player', 'relay'], [['player', 'hub', 2, 0, 0], ['player', 'relay', 2, 0, port]]);
  await startRelay();
  server = await Server.start({
    host: network.addressOf('hub'), at: network.at('hub'),
    args: ['--ice-server', `turn:${network.addressOf('relay')}:${port}`, '--turn-secret-file', secretFile],
  });
  browser = await Browser.start('chromium', network.at('player'));
});

after(async () => {
  await browser?.stop();
  await server?.stop();
  if (relay?.exitCode === null) {
    const ended = new Promise(resolve => { relay.once('exit', resolve); });
    relay.kill('SIGKILL');
    await ended;
  }
  network?.stop();
  rmSync(home, {recursive: true, force: true});
});

test('a game is played through a relay that takes credentials made for this connection', async () => {
  const player = await browser.player(server);
  await player.page.evaluateOnNewDocument(keepConnections);
  await player.play('nes/flash');
  await player.press('KeyX');
  await player.seesColour('white');
  await player.release('KeyX');
  await player.seesColour('dark');
  const {type, user} = await player.page.evaluate(wayOfLast);
  assert.equal(type, 'relay');
  assert.ok(Number(user) > Date.now() / 1000, 'the credentials hold for a while');
  await player.leave();
});
