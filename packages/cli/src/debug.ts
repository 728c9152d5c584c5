import { debuglog } from 'node:util';

/** What the command does and what it swallows; shown with `NODE_DEBUG=wirewrap:cli`. */
export const debug = debuglog('wirewrap:cli');
