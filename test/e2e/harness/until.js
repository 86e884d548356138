import {setTimeout as delay} from 'node:timers/promises';

/**
 * Waits until `condition` holds. For what sends no event: processes, descriptors.
 * @template T
 * @param {() => T | Promise<T>} condition
 * @param {string | (() => string)} what  is waited for
 * @param {{seconds?: number, every?: number}} [limits]
 * @returns {Promise<T>} what it returned, once that is truthy
 */
export async function until(condition, what, {seconds = 30, every = 50} = {}) {
  const end = performance.now() + 1000 * seconds;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (performance.now() > end) {
      throw new Error(`waited ${seconds} s in vain for ${typeof what === 'string' ? what : what()}`);
    }
    await delay(every);
  }
}
