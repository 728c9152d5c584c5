import { type DebugLog, debugLog } from './debug-log.ts';

const own = debugLog('wirewrap:virtual-board');

/** What this package does and what it swallows; shown with `NODE_DEBUG=wirewrap:virtual-board`. */
export const debug: DebugLog['debug'] = own.debug;
export const ignored: DebugLog['ignored'] = own.ignored;
export const instead: DebugLog['instead'] = own.instead;
