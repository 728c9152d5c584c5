import { type DebugLogger, debuglog } from 'node:util';

/** What a package does and what it swallows, on stderr when `NODE_DEBUG` names its section. */
export interface DebugLog {
  readonly debug: DebugLogger;
  /** Goes on after an error, and says so: `port.close().catch(ignored('closing the port'))`. */
  readonly ignored: (doing: string) => (error: unknown) => void;
  /** Goes on with a value after an error, and says so: `readFile(path, 'utf8').catch(instead('', 'reading the list'))`. */
  readonly instead: <T>(value: T, doing: string) => (error: unknown) => T;
}

/**
 * The debug log of a package.
 *
 * @param section e.g. `wirewrap:boards`, for `NODE_DEBUG=wirewrap:boards`
 * @param wordsOf what is said of an error; default its message. Its name where messages may hold secrets.
 * @example const { debug, ignored, instead } = debugLog('wirewrap:boards');
 */
export function debugLog(section: string, wordsOf: (error: Error) => string = ({ message }) => message): DebugLog {
  const debug = debuglog(section);
  const instead =
    <T>(value: T, doing: string) =>
    (error: unknown): T => {
      debug('went on after %s: %s', doing, error instanceof Error ? wordsOf(error) : typeof error);
      return value;
    };
  return { debug, instead, ignored: (doing) => instead(undefined, doing) };
}
