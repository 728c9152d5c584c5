import { debuglog } from 'node:util';

/**
 * What certgen does and which errors it goes on after, on stderr: `NODE_DEBUG=wirewrap:certgen`. Names of files only,
 * never the content of one.
 */
export const log = debuglog('wirewrap:certgen');
