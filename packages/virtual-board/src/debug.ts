import { debuglog } from 'node:util';

/** What this package does and what it swallows; shown with `NODE_DEBUG=wirewrap:virtual-board`. */
export const debug = debuglog('wirewrap:virtual-board');
