import { isUtf8 } from 'node:buffer';
import type { MicroPythonError } from '../errors.ts';
import { boardText } from '../python/board-text.ts';
import { parseLiteral, tryParseLiteral } from '../python/parse-literal.ts';
import { type FrameMap, raisedError } from '../python/raised.ts';
import { AGENT_FILE } from './agent.ts';

/** The exception that the agent reported; `output` is what the program had printed before. */
export function raisedByReport(payload: string, mapFrame: FrameMap, output: string): MicroPythonError {
  const fields = parseLiteral(payload) as [string, Uint8Array, boolean, string];
  const [type, traceback, isOsError, argsText] = fields;
  // The repr of a str that is no UTF-8 is another str's: the traceback has it right.
  const args = isUtf8(traceback) ? tryParseLiteral(argsText) : undefined;
  return raisedError(
    {
      type,
      traceback: boardText(traceback),
      isOsError,
      output,
      ...(args && Array.isArray(args.value) ? { args: args.value } : {}),
    },
    mapFrame,
  );
}

/** The exception that the agent had MicroPython print, for want of memory: its class, and the traceback. */
export function raisedByPrint(payload: string, mapFrame: FrameMap, output: string): MicroPythonError {
  const end = payload.indexOf('\n');
  const type = payload.slice(0, end).trimEnd();
  return raisedError({ type, traceback: payload.slice(end + 1), output }, mapFrame);
}

/** The exception that MicroPython itself printed; what led to the program, our statement and the agent, is left out. */
export function raisedByTraceback(traceback: string, mapFrame: FrameMap, output = ''): MicroPythonError {
  const lines = traceback.split('\n');
  const last = lines.findLastIndex((line) => line.startsWith(`  File "${AGENT_FILE}"`));
  return raisedError({ traceback: lines.filter((_, at) => at === 0 || at > last).join('\n'), output }, mapFrame);
}
