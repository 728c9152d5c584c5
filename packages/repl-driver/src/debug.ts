import { debuglog } from 'node:util';

/**
 * What the driver does and which errors it goes on after, on stderr: `NODE_DEBUG=wirewrap:repl-driver`. No bytes of the line
 * and nothing of a file: those may be secrets.
 */
export const debug = debuglog('wirewrap:repl-driver');

/** Goes on after an error, and says so there: for `promise.catch(ignored('closing the port'))`. */
export function ignored(doing: string): (error: unknown) => void {
  return (error) => debug('went on after %s: %s', doing, error instanceof Error ? error.name : typeof error);
}
