// The page that asks for the password. It stands at whatever address was asked for, which it then loads again.
import {paintWordmark} from './cover/wordmark.js';
import {find} from './elements.js';

const page = find(document, '#login', HTMLElement);
const form = find(page, 'form', HTMLFormElement);
const password = find(form, '#password', HTMLInputElement);
const verdict = find(form, '#verdict', HTMLElement);
const fields = find(form, 'fieldset', HTMLFieldSetElement);
const reveal = find(form, '[data-action=reveal]', HTMLButtonElement);

/** A navigation of our own: it takes the cookie along, which one from another site does not (SameSite=Strict). */
const enter = () => location.replace(location.href);

/** @param {string} sentence */
function refuse(sentence) {
  verdict.textContent = sentence;
  password.setAttribute('aria-invalid', 'true');
  page.classList.add('refused');
  fields.disabled = false;
  password.select();
}

/** @param {Response} response  @returns {Promise<string>} what it says is wrong */
async function sentenceOf(response) {
  try {
    const {message, remedy} = await response.json();
    return `${message} ${remedy}`;
  } catch {
    return 'The server gave no answer that makes sense. Try again in a moment.';
  }
}

async function logIn() {
  const response = await fetch('/login', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({password: password.value}),
  });
  if (response.ok) enter();
  else refuse(await sentenceOf(response));
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  page.classList.remove('refused');
  fields.disabled = true;
  try {
    await logIn();
  } catch {
    refuse('The server cannot be reached. Check your connection and try again.');
  }
});

password.addEventListener('input', () => {
  password.removeAttribute('aria-invalid');
  verdict.textContent = '';
});

reveal.addEventListener('click', () => {
  const shown = password.type === 'text';
  password.type = shown ? 'password' : 'text';
  reveal.textContent = shown ? 'Show' : 'Hide';
  reveal.setAttribute('aria-pressed', String(!shown));
  password.focus();
});

paintWordmark(find(page, '.wordmark', HTMLCanvasElement), 'CLOUDRETRO');

// Who has the cookie already, and followed a link from another site, needs no password again.
const known = await fetch('/api/status', {method: 'HEAD'}).then(({ok}) => ok, () => false);
if (known) {
  enter();
} else {
  fields.disabled = false;
  password.focus();
}
