import { type DebugLog, debugLog } from './debug-log.ts';

const own = debugLog('wirewrap:certgen');

/**
 * What certgen does and which errors it goes on after, on stderr: `NODE_DEBUG=wirewrap:certgen`. Names of files only,
 * never the content of one.
 */
export const log: DebugLog['debug'] = own.debug;
export const ignored: DebugLog['ignored'] = own.ignored;
export const instead: DebugLog['instead'] = own.instead;
