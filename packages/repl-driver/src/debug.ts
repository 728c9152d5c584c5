import { type DebugLog, debugLog } from './debug-log.ts';

const own = debugLog('wirewrap:repl-driver', ({ name }) => name);

/**
 * What the driver does and which errors it goes on after, on stderr: `NODE_DEBUG=wirewrap:repl-driver`. No bytes of the line
 * and nothing of a file, so of an error only its name: those may be secrets.
 */
export const debug: DebugLog['debug'] = own.debug;
export const { ignored, instead }: Pick<DebugLog, 'ignored' | 'instead'> = own;
