import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * A folder of the user's cache, `$XDG_CACHE_HOME/wirewrap/NAME` or `~/.cache/wirewrap/NAME`; it need not exist.
 *
 * @example cacheFolder('sources'); // '/home/me/.cache/wirewrap/sources'
 */
export function cacheFolder(name: string): string {
  const xdg = process.env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'wirewrap', name);
}
