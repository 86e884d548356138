import assert from 'node:assert/strict';
import {test} from 'node:test';
import {offeredCodecs} from '../../webroot/js/codecs.js';

const vp8 = {mimeType: 'video/VP8'};
const h264 = {mimeType: 'video/H264', sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f'};
const h264Single = {mimeType: 'video/H264', sdpFmtpLine: 'level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f'};
const rtx = {mimeType: 'video/rtx'};

/** @type {[string, object[], string | null, string[]][]} */
const cases = [
  ['both are offered, H264 first', [vp8, rtx, h264], null, ['H264', 'VP8']],
  ['H264 needs packetization-mode 1', [vp8, h264Single], null, ['VP8']],
  ['H264 without parameters has mode 0', [{mimeType: 'video/H264'}], null, []],
  ['names are compared without case', [{mimeType: 'video/vp8'}], null, ['VP8']],
  ['one codec can be asked for', [vp8, h264], 'VP8', ['VP8']],
  ['in any case', [vp8, h264], 'h264', ['H264']],
  ['even one that is not there', [vp8], 'H264', []],
];

for (const [name, capabilities, only, expected] of cases) {
  test(name, () => assert.deepEqual(offeredCodecs(capabilities, only), expected));
}
