import { debuglog } from 'node:util';

/** Errors that tls-lab goes on after, on stderr: `NODE_DEBUG=wirewrap:tls-lab`. Never keys or plain data. */
export const log = debuglog('wirewrap:tls-lab');
