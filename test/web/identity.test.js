import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Identity} from '../../webroot/js/identity.js';
import {linkFor} from '../../webroot/js/link.js';
import {Preferences} from '../../webroot/js/preferences.js';

/** What a browser keeps: for good, and for one tab. */
class Storage {
  values = new Map();
  getItem(name) { return this.values.get(name) ?? null; }
  setItem(name, value) { this.values.set(name, value); }
}
const at = (browser, tab) => new Identity(new Preferences(() => browser), new Preferences(() => tab));

test('a browser is the same player in every tab and after every reload, each tab another page', () => {
  const [browser, tab] = [new Storage(), new Storage()];
  const first = at(browser, tab);
  const reloaded = at(browser, tab);
  const other = at(browser, new Storage());
  assert.match(first.key, /^[0-9a-f]{32}$/);
  assert.equal(reloaded.key, first.key);
  assert.equal(other.key, first.key);
  assert.equal(reloaded.tab, first.tab);
  assert.notEqual(other.tab, first.tab);
  assert.notEqual(at(new Storage(), new Storage()).key, first.key);
});

test('everybody has a name, and is asked for a better one once', () => {
  const browser = new Storage();
  const person = at(browser, new Storage());
  assert.match(person.name, /^\w+ \w+$/);
  assert.equal(person.asked, false);
  const told = [];
  person.on('name', name => told.push(name));
  person.name = '  Ann of the very long and winding road  ';
  person.name = '   ';
  assert.deepEqual(told, ['Ann of the very long and']);
  assert.equal(at(browser, new Storage()).name, 'Ann of the very long and');
  assert.equal(at(browser, new Storage()).asked, true);
});

test('a link for others does not lead to their own machine', () => {
  const local = {hostname: 'localhost', origin: 'http://localhost:8000'};
  const lan = 'http://192.168.1.20:8000';
  assert.equal(linkFor('/room/x', local, lan), `${lan}/room/x`);
  assert.equal(linkFor('/room/x', local, ''), 'http://localhost:8000/room/x');
  assert.equal(linkFor('/room/x', {hostname: 'games.example', origin: 'https://games.example'}, lan), 'https://games.example/room/x');
});
