/**
 * The whole address of a path, as others can open it: "localhost" would be their own machine.
 * @param {string} path
 * @param {{hostname: string, origin: string}} here  the page's address
 * @param {string} origin  as the server is known on its network; empty: it does not know
 */
export function linkFor(path, here, origin) {
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(here.hostname);
  return (isLocal && origin ? origin : here.origin) + path;
}
