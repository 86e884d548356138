// Which of the server's codecs this browser can show.

/**
 * @param {{mimeType: string, sdpFmtpLine?: string}[]} capabilities  of RTCRtpReceiver.getCapabilities('video')
 * @param {string | null} [only]  the one codec to admit (`?codec=VP8`)
 * @returns {string[]} of "H264" and "VP8", the better first
 */
export function offeredCodecs(capabilities, only = null) {
  const has = {
    // The server sends fragmented units, which mode 0 forbids.
    H264: capabilities.some(codec =>
      /^video\/h264$/i.test(codec.mimeType) && /\bpacketization-mode=1\b/.test(codec.sdpFmtpLine ?? '')),
    VP8: capabilities.some(codec => /^video\/vp8$/i.test(codec.mimeType)),
  };
  return Object.entries(has)
    .filter(([name, present]) => present && (!only || name === only.toUpperCase()))
    .map(([name]) => name);
}
