import { debuglog } from 'node:util';

/** What this package swallows; shown with `NODE_DEBUG=wirewrap:matchers`. */
export const debug = debuglog('wirewrap:matchers');
