// Wires the client together: what is made of what, and which event leads where. Nothing is decided here.
import {offeredCodecs} from './codecs.js';
import {paintWordmark} from './cover/wordmark.js';
import {ContinueView} from './continue_view.js';
import {find} from './elements.js';
import {GameView} from './game_view.js';
import {Identity} from './identity.js';
import {Controls} from './input/controls.js';
import {Hold} from './input/hold.js';
import {TouchControls} from './input/touch.js';
import {LatencyMeter} from './latency/meter.js';
import {LatencyView} from './latency/view.js';
import {LatencyWatch} from './latency/watch.js';
import {Library} from './library.js';
import {LibraryView} from './library_view.js';
import {linkFor} from './link.js';
import {Live} from './live.js';
import {LiveView} from './live_view.js';
import {Pages} from './pages.js';
import {Peer} from './peer.js';
import {PeopleView} from './people_view.js';
import {Pictures} from './pictures.js';
import {PlaceView} from './place_view.js';
import {Places} from './places.js';
import {Play} from './play.js';
import {PlayView} from './play_view.js';
import {Preferences} from './preferences.js';
import {Probe} from './probe.js';
import {Question} from './question.js';
import {Router} from './router.js';
import {Saves} from './saves.js';
import {SavesPanel} from './saves_panel.js';
import {SavesView} from './saves_view.js';
import {Saving} from './saving.js';
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
const places = new Places(preferences, () => fetch('/api/status'), {region: query.get('region'), worker: query.get('worker')});
const scout = new Scout(signaling, new Probe(), places);
const meter = new LatencyMeter();
const session = new Session(signaling, (id, iceServers) => new Peer(id, iceServers), scout, meter);
const library = new Library(() => fetch('/api/games'));
const saves = new Saves(identity.key, (...given) => fetch(...given));
const pictures = new Pictures(path => saves.picture(path));
/** @param {HTMLImageElement} image  @param {import('./protocol.js').SaveView | null} save */
const showSave = (image, save) => pictures.show(image, save ? saves.pathOfPicture(save) : '');
const live = new Live(() => fetch('/api/rooms'));
const router = new Router(window);
let origin = ''; // of links for others, as the server knows it

const playRoot = find(document, '#play', HTMLElement);
const touch = new TouchControls(find(playRoot, '.touch', HTMLElement), pattern => navigator.vibrate?.(pattern));
const video = find(playRoot, 'video', HTMLVideoElement);
const screen = new Screen(find(playRoot, '#screen', HTMLElement), video, preferences);
const sound = new Sound(find(playRoot, 'audio', HTMLAudioElement), preferences);
const overlay = new StatsOverlay(find(playRoot, '.stats', HTMLElement), () => session.report(),
  new LatencyView(find(playRoot, '.stats .latency', HTMLElement), meter));
const controls = new Controls(window, touch);
const saving = new Saving(session);
const play = new Play({
  session, view: new PlayView(playRoot), screen, sound, controls, overlay, identity, saving,
  meter, watch: new LatencyWatch(meter, video),
  savesPanel: new SavesPanel({
    view: new SavesView(find(playRoot, '.saves', HTMLElement), showSave), saves, saving,
    question: new Question(find(playRoot, 'dialog.question', HTMLDialogElement)),
  }),
  rewind: new Hold(window, 'KeyR', find(playRoot, '.bar [data-action=rewind]', HTMLElement)),
  people: new PeopleView(find(playRoot, '.people', HTMLElement)),
  linkTo: path => linkFor(path, location, origin),
});

const libraryRoot = find(document, '#library', HTMLElement);
new LiveView(find(libraryRoot, '.live', HTMLElement), live);
new PlaceView(find(libraryRoot, '.place', HTMLElement), places);
const pages = new Pages({
  router,
  live,
  saves,
  continueView: new ContinueView(find(libraryRoot, '.continue', HTMLElement), saves, showSave),
  library,
  play,
  session,
  libraryView: new LibraryView(libraryRoot, library),
  gameView: new GameView(find(document, '#game', HTMLElement), saves),
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
  if (message.type === 'savesChanged') saves.tell(message.game);
  if (message.type === 'landmarks') places.refresh();
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
    get inputs() { return structuredClone(meter.recent); },
  }),
});

paintWordmark(find(document, '.wordmark', HTMLCanvasElement), 'CLOUDRETRO');
signaling.open();
library.refresh();
router.start();
