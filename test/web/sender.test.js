import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Pad} from '../../webroot/js/input/pad.js';
import {InputSender} from '../../webroot/js/input/sender.js';

/** A data channel that keeps what is sent, and the clock of a sender: intervals that only `pass` makes fire. */
function world() {
  const sent = [];
  const intervals = new Map();
  const clock = {
    setInterval: (action, every) => { intervals.set(action, every); return action; },
    clearInterval: action => intervals.delete(action),
  };
  const channel = {
    readyState: 'open',
    send: packet => {
      const view = new DataView(packet);
      sent.push({pad: view.getUint8(1), buttons: view.getUint16(2, true), sequence: view.getUint32(4, true)});
    },
  };
  const pass = every => [...intervals].filter(([, period]) => period === every).forEach(([action]) => action());
  const pads = [new Pad(0), new Pad(1)];
  return {sent, channel, pads, pass, intervals, sender: new InputSender(pads, clock)};
}

test('a change is sent within the call that made it, then repeated three times', () => {
  const {sent, channel, pads, sender, pass, intervals} = world();
  sender.use(channel);
  sent.length = 0;
  pads[0].set('keyboard', 256);
  assert.deepEqual(sent, [{pad: 0, buttons: 256, sequence: 1}]);
  for (let i = 0; i < 5; i++) pass(8);
  assert.equal(sent.length, 4);
  assert.ok(![...intervals.values()].includes(8), 'the repeating has stopped');
});

test('a change while repeating begins the repeats anew, with the new state', () => {
  const {sent, channel, pads, sender, pass} = world();
  sender.use(channel);
  sent.length = 0;
  pads[0].set('keyboard', 1);
  pass(8);
  pads[0].set('keyboard', 0);
  for (let i = 0; i < 5; i++) pass(8);
  assert.deepEqual(sent.map(({sequence}) => sequence), [1, 1, 2, 2, 2, 2]);
});

test('the heartbeat tells the first pad, and another once it was used', () => {
  const {sent, channel, pads, sender, pass} = world();
  sender.use(channel);
  sent.length = 0;
  pass(1000);
  assert.deepEqual(sent.map(({pad}) => pad), [0]);
  pads[1].set('gamepad', 4);
  sent.length = 0;
  pass(1000);
  assert.deepEqual(sent, [{pad: 0, buttons: 0, sequence: 0}, {pad: 1, buttons: 4, sequence: 1}]);
});

test('a channel that opens later gets the state at once', () => {
  const {sent, channel, pads, sender} = world();
  channel.readyState = 'connecting';
  sender.use(channel);
  pads[0].set('keyboard', 2);
  assert.deepEqual(sent, []);
  channel.readyState = 'open';
  channel.onopen();
  assert.deepEqual(sent, [{pad: 0, buttons: 2, sequence: 1}]);
});
