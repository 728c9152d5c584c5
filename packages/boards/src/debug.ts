import { type DebugLog, debugLog } from '@wirewrap/repl-driver/basics';

const own = debugLog('wirewrap:boards');

/** What this package does and what it swallows; shown with `NODE_DEBUG=wirewrap:boards`. */
export const debug: DebugLog['debug'] = own.debug;
export const ignored: DebugLog['ignored'] = own.ignored;
export const instead: DebugLog['instead'] = own.instead;
