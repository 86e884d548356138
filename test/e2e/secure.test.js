// Behind a web server with TLS: pages by https, and a worker by wss that checks the certificate.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import {after, before, test} from 'node:test';
import {Browser} from './harness/browser.js';
import {Fleet} from './harness/fleet.js';
import {until} from './harness/until.js';

/** @type {Fleet} */
let server;
/** @type {Browser} */
let browser;
/** @type {tls.Server} */
let proxy;
/** @type {string} of the coordinator, for a worker */
let address;
/** @type {string} */
let certificate;

before(async () => {
  server = await Fleet.start({workers: []});
  certificate = path.join(server.home, 'certificate.pem');
  const key = path.join(server.home, 'key.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
  {stdio: 'ignore'});
  proxy = tls.createServer({key: readFileSync(key), cert: readFileSync(certificate)}, outside => {
    const inside = net.connect(Number(new URL(server.url).port), '127.0.0.1');
    for (const [from, to] of [[outside, inside], [inside, outside]]) from.pipe(to).on('error', () => from.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await new Promise(resolve => proxy.once('listening', resolve));
  const {port} = /** @type {net.AddressInfo} */ (proxy.address());
  address = `wss://localhost:${port}`;
  browser = await Browser.start();
});
after(async () => {
  await browser?.stop();
  await server?.stop();
  proxy?.close();
});

test('a worker does not speak with a coordinator whose certificate nobody vouches for', async () => {
  server.addWorker('careful', [], {coordinator: address});
  await until(() => /certificate|TLS/i.test(server.log), () => `a word about it; it said\n${server.log}`);
  assert.equal((await server.health_()).workers, 0);
  server.workers.get('careful')?.kill('SIGTERM');
});

test('a game from a page by https runs on a worker that came, and fetched the game, by wss', async () => {
  // A file system of its own, in which this certificate is all that is trusted.
  const trusting = 'mount --bind "$0" /etc/ssl/certs/ca-certificates.crt && exec "$@"';
  server.addWorker('trusting', [], {coordinator: address, at: ['unshare', '--mount', 'sh', '-c', trusting, certificate]});
  await server.hasWorkers(1);
  const page = address.replace('wss', 'https');
  const player = await browser.player(/** @type {any} */ ({...server, url: page}));
  await player.page._client?.().send('Security.setIgnoreCertificateErrors', {ignore: true});
  await player.play('nes/flash');
  await player.press('x');
  await player.seesColour('white');
  await player.release('x');
});
