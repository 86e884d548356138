// Changes to session descriptions.

/**
 * An answer that asks for Opus in stereo: Chromium plays it mono otherwise.
 * @param {string} sdp
 */
export function withStereo(sdp) {
  const types = [...sdp.matchAll(/^a=rtpmap:(\d+) opus\/48000\/2\s*$/gim)].map(match => match[1]);
  return types.reduce((text, type) => {
    const parameters = new RegExp(`^a=fmtp:${type} (.*?)(\\r?)$`, 'm');
    if (parameters.test(text)) {
      return text.replace(parameters, (_, given, end) => {
        const kept = given.split(';').filter((/** @type {string} */ part) => !/^\s*(sprop-)?stereo=/.test(part));
        return `a=fmtp:${type} ${[...kept, 'stereo=1', 'sprop-stereo=1'].join(';')}${end}`;
      });
    }
    return text.replace(new RegExp(`^a=rtpmap:${type} .*?(\\r?\\n|$)`, 'm'),
      line => `${line}a=fmtp:${type} stereo=1;sprop-stereo=1${line.endsWith('\r\n') ? '\r\n' : '\n'}`);
  }, sdp);
}
