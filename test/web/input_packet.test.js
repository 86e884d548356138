import assert from 'node:assert/strict';
import {test} from 'node:test';
import {encodePacket, packetBytes} from '../../webroot/js/input_packet.js';

const rest = {pad: 0, buttons: 0, sequence: 0, earlier: [0, 0, 0, 0], axes: [0, 0, 0, 0, 0, 0]};
const bytesOf = state => [...new Uint8Array(encodePacket({...rest, ...state}))];

test('a packet is laid out as InputPacket', () => {
  const bytes = bytesOf({
    pad: 2, buttons: 0x8102, sequence: 0x01020304, earlier: [0x1112, 0x2122, 0x3132, 0x4142], axes: [0, 1, -1, 0.5, 1, 0],
  });
  assert.equal(bytes.length, packetBytes);
  assert.deepEqual(bytes, [
    1, 2, 0x02, 0x81, 0x04, 0x03, 0x02, 0x01,
    0x12, 0x11, 0x22, 0x21, 0x32, 0x31, 0x42, 0x41,
    0, 0, 0xff, 0x7f, 0x00, 0x80, 0x00, 0x40, 0xff, 0x7f, 0, 0,
  ]);
});

test('positions beyond the rim are cut off', () => {
  const view = new DataView(encodePacket({...rest, axes: [7, -7, 0, 0, 0, 0]}));
  assert.equal(view.getInt16(16, true), 32767);
  assert.equal(view.getInt16(18, true), -32768);
});

test('the sequence wraps', () => {
  const view = new DataView(encodePacket({...rest, sequence: 2 ** 32 + 5}));
  assert.equal(view.getUint32(4, true), 5);
});

test('history that is not there yet is zero', () => {
  assert.deepEqual(bytesOf({earlier: [], axes: []}).slice(8), Array(20).fill(0));
});
