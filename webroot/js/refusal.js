/** @typedef {import('./protocol.js').Trouble} Trouble */

/** What the server refused, in its words. `code` is stable; 'unreachable' when there was no answer. */
export class Refusal extends Error {
  /** @param {Trouble} trouble */
  constructor({code, message, remedy}) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/** @type {Trouble} */
const unreachable = {
  code: 'unreachable',
  message: 'The server does not answer.',
  remedy: 'Try again in a moment.',
};

/**
 * The server's answer, when it is a good one.
 * @param {Promise<Response>} answer
 * @returns {Promise<Response>}
 * @throws {Refusal}
 */
export async function accepted(answer) {
  const response = await answer.catch(() => { throw new Refusal(unreachable); });
  if (response.ok) return response;
  throw new Refusal(await response.json().catch(() => unreachable));
}
