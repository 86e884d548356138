import assert from 'node:assert/strict';
import {test} from 'node:test';
import {withStereo} from '../../webroot/js/sdp.js';

const lines = (...all) => all.map(line => `${line}\r\n`).join('');

test('stereo is added to the parameters of Opus', () => {
  const sdp = lines('m=audio 9 UDP/TLS/RTP/SAVPF 97', 'a=rtpmap:97 opus/48000/2', 'a=fmtp:97 minptime=10;useinbandfec=1', 'a=recvonly');
  assert.equal(withStereo(sdp),
    lines('m=audio 9 UDP/TLS/RTP/SAVPF 97', 'a=rtpmap:97 opus/48000/2',
      'a=fmtp:97 minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1', 'a=recvonly'));
});

test('Opus without parameters gets some', () => {
  assert.equal(withStereo(lines('a=rtpmap:97 opus/48000/2', 'a=recvonly')),
    lines('a=rtpmap:97 opus/48000/2', 'a=fmtp:97 stereo=1;sprop-stereo=1', 'a=recvonly'));
});

test('what is there already is not doubled', () => {
  const sdp = lines('a=rtpmap:97 OPUS/48000/2', 'a=fmtp:97 stereo=0;useinbandfec=1;sprop-stereo=0');
  const once = lines('a=rtpmap:97 OPUS/48000/2', 'a=fmtp:97 useinbandfec=1;stereo=1;sprop-stereo=1');
  assert.equal(withStereo(sdp), once);
  assert.equal(withStereo(once), once);
});

test('other codecs are left alone', () => {
  const sdp = lines('a=rtpmap:96 H264/90000', 'a=fmtp:96 packetization-mode=1', 'a=rtpmap:9 G722/8000');
  assert.equal(withStereo(sdp), sdp);
});

test('bare line feeds do', () => {
  assert.equal(withStereo('a=rtpmap:97 opus/48000/2\na=fmtp:97 minptime=10\n'),
    'a=rtpmap:97 opus/48000/2\na=fmtp:97 minptime=10;stereo=1;sprop-stereo=1\n');
});
