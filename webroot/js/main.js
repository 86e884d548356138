// Wires the client together: what is made of what, and which event leads where. Nothing is decided here.
import {offeredCodecs} from './codecs.js';
import {paintWordmark} from './cover/wordmark.js';
import {find} from './elements.js';
import {GameView} from './game_view.js';
import {Identity} from './identity.js';
import {Controls} from './input/controls.js';
import {TouchControls} from './input/touch.js';
import {Library} from './library.js';
import {LibraryView} from './library_view.js';
import {linkFor} from './link.js';
import {Live} from './live.js';
import {LiveView} from './live_view.js';
import {Pages} from './pages.js';
import {Peer} from './peer.js';
import {PeopleView} from './people_view.js';
import {Play} from './play.js';
import {PlayView} from './play_view.js';
import {Preferences} from './preferences.js';
import {Probe} from './probe.js';
import {Router} from './router.js';
import {Scout} from './scout.js';
import {Screen} from './screen.js';
import {Session} from './session.js';
import {Signaling} from './signaling.js';
import {Sound} from './sound.js';
import {StatsOverlay} from './stats_overlay.js';

const query = new URLSearchParams(location.search);
const capabilities = globalThis.RTCRtpReceiver?.getCapabilities?.('video')?.codecs ?? [];

const preferences = new Preferences(() => localStorage);
const identity = new Identity(preferences, new Preferences(() => sessionStorage));
const signaling = new Signaling({
  identity,
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`,
  codecs: offeredCodecs(capabilities, query.get('codec')),
});
const scout = new Scout(signaling, new Probe(), {region: query.get('region'), worker: query.get('worker')});
const session = new Session(signaling, (id, iceServers) => new Peer(id, iceServers), scout);
const library = new Library(() => fetch('/api/games'));
const live = new Live(() => fetch('/api/rooms'));
const router = new Router(window);
let origin = ''; // of links for others, as the server knows it

const playRoot = find(document, '#play', HTMLElement);
const touch = new TouchControls(find(playRoot, '.touch', HTMLElement), pattern => navigator.vibrate?.(pattern));
const screen = new Screen(
  find(playRoot, '#screen', HTMLElement), find(playRoot, 'video', HTMLVideoElement), preferences);
const sound = new Sound(find(playRoot, 'audio', HTMLAudioElement), preferences);
const overlay = new StatsOverlay(find(playRoot, 'dl.stats', HTMLElement), () => session.report());
const controls = new Controls(window, touch);
const play = new Play({
  session, view: new PlayView(playRoot), screen, sound, controls, overlay, identity,
  people: new PeopleView(find(playRoot, '.people', HTMLElement)),
  linkTo: path => linkFor(path, location, origin),
});

const libraryRoot = find(document, '#library', HTMLElement);
new LiveView(find(libraryRoot, '.live', HTMLElement), live);
const pages = new Pages({
  router,
  live,
  library,
  play,
  session,
  libraryView: new LibraryView(libraryRoot, library),
  gameView: new GameView(find(document, '#game', HTMLElement)),
  unknown: find(document, '#unknown', HTMLElement),
  playRoot,
  header: find(document, 'header.site', HTMLElement),
});

// Whoever runs the server may have changed the password: no connection would ever come again.
signaling.on('lost', async () => {
  const answer = await fetch('/api/rooms').catch(() => null);
  if (answer?.status === 401) location.reload();
});
signaling.on('message', message => {
  if (message.type === 'libraryChanged') library.refresh();
  if (message.type === 'roomsChanged') live.refresh();
});
signaling.on('welcome', welcome => {
  origin = welcome.origin;
  if (library.state === 'failed') library.refresh();
});
window.addEventListener('keydown', event => play.key(event));
// The room hears of it at once, instead of waiting in vain for a sign of life.
window.addEventListener('pagehide', () => session.peer?.close());

// A phone has touch controls from the start; on other machines the first touch brings them.
touch.shown = matchMedia('(pointer: coarse)').matches;
window.addEventListener('touchstart', () => { touch.shown = true; }, {once: true, passive: true});

// For people with a console, and for tests.
Object.defineProperty(window, 'cloudretro', {
  value: Object.freeze({
    get state() { return pages.state; },
    stats: () => play.stats(),
  }),
});

paintWordmark(find(document, '.wordmark', HTMLCanvasElement), 'CLOUDRETRO');
signaling.open();
library.refresh();
router.start();
