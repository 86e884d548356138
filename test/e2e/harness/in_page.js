// Functions that run within the page: each must stand alone, since only its own text is sent there.

export const colours = {white: [255, 255, 255], dark: [0, 0, 0], red: [181, 49, 32], yellow: [195, 178, 0]};

/**
 * Resolves with the first frame that is all of one colour.
 * @param {string} name
 * @param {number[]} wanted  red, green, blue
 * @param {number} patience  ms
 */
export function untilColour(name, wanted, patience) {
  const video = /** @type {HTMLVideoElement} */ (document.querySelector('#screen video'));
  const size = 8;
  const pen = new OffscreenCanvas(size, size).getContext('2d', {willReadFrequently: true});
  let seen = /** @type {number[]} */ ([]);
  const matches = () => {
    pen.drawImage(video, 0, 0, size, size);
    const {data} = pen.getImageData(0, 0, size, size);
    seen = [...data.slice(0, 3)];
    return data.every((value, i) => i % 4 === 3 || Math.abs(value - wanted[i % 4]) < 70);
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${name} picture came, but ${seen}`)), patience);
    const look = () => {
      if (!matches()) return video.requestVideoFrameCallback(look);
      clearTimeout(timer);
      resolve(seen);
    };
    look();
  });
}

/**
 * Resolves when the middle of each quarter of the picture is dark: there, nes/flash and the test card show what is held.
 * @param {number} patience  ms
 */
export function untilNothingHeld(patience) {
  const video = /** @type {HTMLVideoElement} */ (document.querySelector('#screen video'));
  const size = 64;
  const pen = new OffscreenCanvas(size, size).getContext('2d', {willReadFrequently: true});
  const colourAt = (x, y) => [...pen.getImageData(x * size / 4, y * size / 4, 1, 1).data.slice(0, 3)];
  return new Promise((resolve, reject) => {
    let seen = /** @type {number[][]} */ ([]);
    const timer = setTimeout(() => reject(new Error(`something is held: ${JSON.stringify(seen)}`)), patience);
    const look = () => {
      pen.drawImage(video, 0, 0, size, size);
      seen = [[1, 1], [3, 1], [1, 3], [3, 3]].map(([x, y]) => colourAt(x, y));
      if (seen.flat().some(value => value > 70)) return video.requestVideoFrameCallback(look);
      clearTimeout(timer);
      resolve(undefined);
    };
    look();
  });
}

/**
 * @param {number} frames
 * @param {number} patience  ms
 * @returns {Promise<number>} how many of the next `frames` frames differ from the one before
 */
export function countChanges(frames, patience) {
  const video = /** @type {HTMLVideoElement} */ (document.querySelector('#screen video'));
  const size = 64;
  const pen = new OffscreenCanvas(size, size).getContext('2d', {willReadFrequently: true});
  let before = /** @type {Uint8ClampedArray | null} */ (null);
  let seen = 0;
  let changes = 0;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`only ${seen} frames came`)), patience);
    const look = () => {
      pen.drawImage(video, 0, 0, size, size);
      const {data} = pen.getImageData(0, 0, size, size);
      // More than the noise of the encoder: somewhere a pixel changed by a tenth of the range.
      if (before?.some((value, i) => Math.abs(value - data[i]) > 25)) changes++;
      before = data;
      if (++seen <= frames) return video.requestVideoFrameCallback(look);
      clearTimeout(timer);
      resolve(changes);
    };
    video.requestVideoFrameCallback(look);
  });
}

/**
 * @typedef {object} Counting
 * @property {number} count  the number in the newest picture of nes/counter (cores/test/nes/counter.s)
 * @property {number} changes  how often it changed
 * @property {number} longestStill  the longest time from one number to the next, in ms
 * @property {number} farthestBack
 */

/** Reads that number from every frame, into window.counting. */
export function countOn() {
  const video = /** @type {HTMLVideoElement} */ (document.querySelector('#screen video'));
  const pen = new OffscreenCanvas(256, 240).getContext('2d', {willReadFrequently: true});
  const counting = {count: 0, changes: 0, longestStill: 0, farthestBack: 0};
  window.counting = counting;
  let last = 0;
  const read = () => {
    const height = Math.round(video.videoHeight * 256 / video.videoWidth);
    pen.drawImage(video, 0, 0, 256, height);
    const top = 96 - (240 - height) / 2;
    const {data} = pen.getImageData(0, top, 256, 32);
    let number = 0;
    for (let n = 0; n < 32; n++) {
      const x = n % 16 * 16 + 8, y = Math.floor(n / 16) * 16 + 8;
      number = number * 2 + (data[4 * (y * 256 + x)] > 128 ? 1 : 0);
    }
    return number;
  };
  const look = (/** @type {number} */ now) => {
    const number = read();
    // A connection that is new shows black at first: no number, and no picture of the game.
    if (number !== 0 && number !== counting.count) {
      if (last) counting.longestStill = Math.max(counting.longestStill, now - last);
      counting.farthestBack = Math.max(counting.farthestBack, counting.count - number);
      counting.count = number;
      counting.changes++;
      last = now;
    }
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}

/** @returns {number} of the test card: how often B was pressed, as its save memory has it; three bits */
export function readCard() {
  const video = /** @type {HTMLVideoElement} */ (document.querySelector('#screen video'));
  const pen = new OffscreenCanvas(320, 240).getContext('2d', {willReadFrequently: true});
  pen.drawImage(video, 0, 0, 320, 240);
  const isWhite = (/** @type {number} */ cell) => pen.getImageData(cell * 10 + 5, 120, 1, 1).data[1] > 128;
  return [29, 30, 31].reduce((number, cell) => number * 2 + Number(isWhite(cell)), 0);
}

/**
 * Resolves with the loudness (RMS, full scale is 1) once it is in the range and the page plays it.
 * @param {{above?: number, below?: number}} range
 * @param {number} patience  ms
 */
export async function untilLoudness({above = -1, below = 2}, patience) {
  const audio = /** @type {HTMLAudioElement} */ (document.querySelector('#sound'));
  const stream = /** @type {MediaStream} */ (audio.srcObject);
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, {fftSize: 2048});
  new MediaStreamAudioSourceNode(context, {mediaStream: stream}).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const end = performance.now() + patience;
  let loudness = 0;
  try {
    await context.resume();
    while (performance.now() < end) {
      analyser.getFloatTimeDomainData(wave);
      loudness = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
      // The buffer is empty until it was filled once.
      if (!audio.paused && context.currentTime > 0.2 && loudness > above && loudness < below) return loudness;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  } finally {
    await context.close();
  }
  throw new Error(`the loudness stayed at ${loudness} (audio ${audio.paused ? 'paused' : 'playing'}, ${context.state})`);
}

/** Begins to watch when frames come; `longestPause` tells. */
export function watchFrames() {
  const video = /** @type {HTMLVideoElement} */ (document.querySelector('#screen video'));
  const seen = {frames: 0, longest: 0, last: 0};
  const look = () => {
    const now = performance.now();
    if (seen.last) seen.longest = Math.max(seen.longest, now - seen.last);
    seen.last = now;
    seen.frames++;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  Object.assign(window, {framesSeen: seen});
}

/** @returns {{frames: number, longest: number}} since `watchFrames`; longest in ms, the present pause counts */
export function framesSeen() {
  const {frames, longest, last} = /** @type {any} */ (window).framesSeen;
  return {frames, longest: Math.max(longest, performance.now() - last)};
}
