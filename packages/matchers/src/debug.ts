import { type DebugLogger, debuglog } from 'node:util';

/** What this package swallows; shown with `NODE_DEBUG=wirewrap:matchers`. */
export const debug: DebugLogger = debuglog('wirewrap:matchers');
