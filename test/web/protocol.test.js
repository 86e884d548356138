import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {test} from 'node:test';
import {decode, decodeGames, fromBrowser, toBrowser, version} from '../../webroot/js/protocol.js';

const binary = process.env.CLOUDRETRO;

/** The kind of a field as `--describe-protocol` names it; JavaScript has one kind of number. */
function kindOf(example) {
  if (Array.isArray(example)) return [kindOf(example[0])];
  if (typeof example === 'object') return Object.fromEntries(Object.entries(example).map(([name, field]) => [name, kindOf(field)]));
  return typeof example;
}

/** @param {object} description */
const withoutIntegers = description => JSON.parse(JSON.stringify(description).replaceAll('"integer"', '"number"'));

test('the tables are those of the server', {skip: !binary && 'CLOUDRETRO names no binary'}, () => {
  const server = JSON.parse(execFileSync(binary, ['--describe-protocol'], {encoding: 'utf8'}));
  assert.equal(version, server.version);
  assert.deepEqual(kindOf(fromBrowser), withoutIntegers(server.messages.FromBrowser));
  assert.deepEqual(kindOf(toBrowser), withoutIntegers(server.messages.ToBrowser));
});

test('a message is read with its parts', () => {
  const message = {type: 'joined', room: 'r', person: 'p', game: {id: 'nes/a', system: 'nes', systemName: 'NES', name: 'a', seats: 4, playable: false}};
  assert.deepEqual(decode(JSON.stringify(message)), message);
});

test('missing fields get their defaults, unknown ones are dropped', () => {
  assert.deepEqual(decode('{"type":"joined","new":1}'), {
    type: 'joined', room: '', person: '', game: {id: '', system: '', systemName: '', name: '', seats: 2, playable: true},
  });
  assert.deepEqual(decode('{"type":"welcome"}'), {type: 'welcome', version: 3, iceServers: [], origin: ''});
});

const bad = [
  '', 'null', '5', '[]', '{}', '{"type":5}', '{"type":"toString"}', '{"type":"start","game":"a"}',
  '{"type":"offer","sdp":7}', '{"type":"picture","picture":null}', '{"type":"picture","picture":[]}',
  '{"type":"welcome","iceServers":{}}', '{"type":"welcome","iceServers":[{"urls":["a",1]}]}',
];
for (const text of bad) test(`no message: ${text}`, () => assert.equal(decode(text), null));

test('a list of games is read, anything else is not', () => {
  assert.deepEqual(decodeGames([{id: 'a/b'}]), [{id: 'a/b', system: '', systemName: '', name: '', seats: 2, playable: true}]);
  assert.equal(decodeGames({}), null);
  assert.equal(decodeGames([{id: 1}]), null);
});
