// What the room tells of this browser's input: FeedbackPacket of include/cloudretro/feedback.hpp, 16 bytes little-endian.

const packetBytes = 16;
const packetVersion = 1;
const unknown = 0xffff;
const unit = 0.01; // ms

/**
 * @typedef {object} Feedback
 * @property {number} pad
 * @property {number} sequence        of the newest input of that pad that the picture shows
 * @property {number} rtpTimestamp    of the picture
 * @property {number | null} waited   ms from the arrival of the input until the emulator read it
 * @property {number | null} emulated ms from then until the frame was there
 * @property {number | null} encoded  ms from then until its packets left
 */

/**
 * @param {unknown} data  of a message on the data channel
 * @returns {Feedback | null} null: it is something else
 */
export function decodeFeedback(data) {
  if (!(data instanceof ArrayBuffer) || data.byteLength !== packetBytes) return null;
  const bytes = new DataView(data);
  if (bytes.getUint8(0) !== packetVersion) return null;
  const time = (/** @type {number} */ at) => {
    const value = bytes.getUint16(at, true);
    return value === unknown ? null : value * unit;
  };
  return {
    pad: bytes.getUint8(1), waited: time(2), sequence: bytes.getUint32(4, true), rtpTimestamp: bytes.getUint32(8, true),
    emulated: time(12), encoded: time(14),
  };
}
