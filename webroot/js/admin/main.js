// The page of those who run the server: asks for the token, shows what happens, passes on what they decide.
import {paintWordmark} from '../cover/wordmark.js';
import {find} from '../elements.js';
import {Pictures} from '../pictures.js';
import {Question} from '../question.js';
import {Refusal} from '../refusal.js';
import {Client} from './client.js';
import {count} from './format.js';
import {Page} from './page.js';

const interval = 2000; // ms
const remembered = 'admin-token';

const client = new Client((...given) => fetch(...given));
const page = new Page(document, new Pictures(path => client.picture(path)));
const question = new Question(find(document, '#ask', HTMLDialogElement));
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {unknown} refusal */
function explain(refusal) {
  if (!(refusal instanceof Refusal)) throw refusal;
  const sentence = `${refusal.message} ${refusal.remedy}`;
  if (refusal.code === 'no-admin') page.explainOff(refusal.message, refusal.remedy);
  else if (refusal.code === 'unreachable') page.lose(sentence);
  else {
    sessionStorage.removeItem(remembered);
    page.refuse(client.token ? sentence : '');
    client.token = '';
    return;
  }
  timer = setTimeout(refresh, interval);
}

async function refresh() {
  clearTimeout(timer);
  try {
    page.show(await client.view());
    sessionStorage.setItem(remembered, client.token);
    timer = setTimeout(refresh, interval);
  } catch (refusal) {
    explain(refusal);
  }
}

/** Does it, says so or why not, and looks at once. @param {() => Promise<void>} action  @param {string} done */
async function obey(action, done) {
  try {
    await action();
    page.toast(done);
  } catch (refusal) {
    page.toast(refusal instanceof Refusal ? `${refusal.message} ${refusal.remedy}` : String(refusal));
  }
  await refresh();
}

/** @param {string} room  empty: everybody  @param {string} whom */
async function write(room, whom) {
  const text = await question.ask({title: `Message to ${whom}`, what: 'It appears over the game.', yes: 'Send', text: ''});
  if (text) await obey(() => client.message(room, text), 'Sent.');
}

/** @type {Record<string, (id: string) => void>} what the buttons do */
const actions = {
  announce: () => write('', 'everybody'),
  forget: () => {
    sessionStorage.removeItem(remembered);
    location.reload();
  },
  drain: async id => {
    const worker = page.view.workers.find(each => each.id === id);
    if (worker?.draining) return obey(() => client.drain(id, false), 'It takes games again.');
    const what = 'It takes no new games, and leaves when the last one is done.';
    const sure = await question.ask({title: `Drain ${worker?.name ?? 'the worker'}?`, what, yes: 'Drain'});
    if (sure !== null) await obey(() => client.drain(id, true), 'It takes no new games.');
  },
  message: id => write(id, page.view.rooms.find(room => room.id === id)?.game ?? 'the room'),
  close: async id => {
    const room = page.view.rooms.find(each => each.id === id);
    if (!room) return;
    const what = `The game ends for ${count(room.players.length, 'player')}, who are told so.`;
    const sure = await question.ask({title: `End ${room.game}?`, what, yes: 'End the game'});
    if (sure !== null) await obey(() => client.close(id), 'The game has ended.');
  },
};

document.addEventListener('click', event => {
  const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
  if (!(button instanceof HTMLElement)) return;
  const owner = button.closest('[data-id]');
  actions[button.dataset.action ?? '']?.(owner instanceof HTMLElement ? owner.dataset.id ?? '' : '');
});
find(document, '#gate form', HTMLFormElement).addEventListener('submit', event => {
  event.preventDefault();
  client.token = page.token.value.trim();
  page.token.value = '';
  refresh();
});

paintWordmark(find(document, '.wordmark', HTMLCanvasElement), 'CLOUDRETRO');
client.token = sessionStorage.getItem(remembered) ?? '';
refresh();
