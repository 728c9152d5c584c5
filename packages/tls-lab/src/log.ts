import { type DebugLog, debugLog } from '@wirewrap/repl-driver/basics';

const own = debugLog('wirewrap:tls-lab');

/** Errors that tls-lab goes on after, on stderr: `NODE_DEBUG=wirewrap:tls-lab`. Never keys or plain data. */
export const log: DebugLog['debug'] = own.debug;
export const ignored: DebugLog['ignored'] = own.ignored;
export const instead: DebugLog['instead'] = own.instead;
