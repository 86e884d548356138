// One pad's state as the room reads it: InputPacket of include/cloudretro/input.hpp, 28 bytes little-endian.

export const packetBytes = 28;
const packetVersion = 1;

/**
 * @typedef {object} PadState
 * @property {number} pad         which of this browser's pads, 0..7
 * @property {number} buttons     bits of input/buttons.js
 * @property {number} sequence    +1 with each change; wraps at 2^32
 * @property {number[]} earlier   the buttons of the four states before, newest first
 * @property {number[]} axes      -1..1: left x, left y, right x, right y; 0..1: triggers L2, R2
 */

/**
 * @param {PadState} state
 * @returns {ArrayBuffer}
 */
export function encodePacket({pad, buttons, sequence, earlier, axes}) {
  const bytes = new DataView(new ArrayBuffer(packetBytes));
  bytes.setUint8(0, packetVersion);
  bytes.setUint8(1, pad);
  bytes.setUint16(2, buttons, true);
  bytes.setUint32(4, sequence >>> 0, true);
  for (let i = 0; i < 4; i++) bytes.setUint16(8 + 2 * i, earlier[i] ?? 0, true);
  for (let i = 0; i < 6; i++) bytes.setInt16(16 + 2 * i, quantize(axes[i] ?? 0), true);
  return bytes.buffer;
}

/** @param {number} position  -1..1 */
function quantize(position) {
  const clamped = Math.max(-1, Math.min(1, position));
  return Math.round(clamped * (clamped < 0 ? 32768 : 32767));
}
