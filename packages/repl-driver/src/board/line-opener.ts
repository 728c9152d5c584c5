import { ignored } from '../debug.ts';
import { ReplDriverError, type ReplDriverErrorCode } from '../errors.ts';
import type { ReplaySession } from '../record/replay-session.ts';
import type { SessionRecorder } from '../record/session-recorder.ts';
import type { Clock } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { retry } from '../time/retry.ts';
import type { LineSettings } from '../transport/line-settings.ts';
import { stableName } from '../transport/stable-name.ts';
import type { Transport } from '../transport/transport.ts';

const REOPEN_PAUSE_MS = 100;
/** What opens a port is given a little less than the whole time: its own error tells more than that time is over. */
const OPENING_SHARE = 0.98;
/** Errors of a device that may be back in a moment. */
const COMES_BACK: ReadonlySet<ReplDriverErrorCode> = new Set(['NO_SUCH_PORT', 'NO_PERMISSION', 'PORT_BUSY']);

/** How a line is opened: `openTransport`, or a function of the caller's, which reads text in its own way. */
export type OpenLine = (
  line: string | LineSettings,
  options: { readonly deadlineMs: number; readonly signal?: AbortSignal },
) => Promise<Transport>;

/** Opens the line of one session; `again` uses the name that outlives a USB device's re-enumeration. */
export type LineOpener = (limit: Deadline, again?: boolean) => Promise<Transport>;

export interface LineOpenerOptions {
  /** The line's name in messages. */
  readonly url: string;
  readonly open: OpenLine;
  readonly recorder?: SessionRecorder | undefined;
}

/** Opens a line that is there, recorded when asked for. */
export function lineOpener(line: string | LineSettings, { url, open, recorder }: LineOpenerOptions): LineOpener {
  const afterwards = stableLine(line);
  return async (limit, again = false) => {
    const opening = open(again ? afterwards : line, {
      deadlineMs: limit.remainingMs * OPENING_SHARE,
      ...(limit.signal ? { signal: limit.signal } : {}),
    });
    const transport = await limit.race(opening, `${url} to open`).catch((error: unknown) => {
      // One that opens after we gave up must not keep the port.
      void opening.then((late) => late.close()).catch(ignored('closing a port that opened late'));
      throw error;
    });
    return recorder?.record(transport) ?? transport;
  };
}

/** The same line by the name that a USB device keeps. */
function stableLine(line: string | LineSettings): string | LineSettings {
  if (typeof line === 'string' || line.scheme !== 'serial') return line;
  return { ...line, path: stableName(line.path) ?? line.path };
}

/** "Opens" a recorded session: each time it goes on where it was. */
export function replayOpener(replay: ReplaySession, url: string, clock: Clock, concealed: boolean): LineOpener {
  return async () => replay.connect(url, { clock, concealed });
}

/**
 * A USB device that reset, or an emulator that starts again, is gone for a moment, and a port server may hold the old
 * connection for one: tries until it is back or the deadline passes.
 */
export async function reopen(open: LineOpener, limit: Deadline): Promise<Transport> {
  return await retry(() => open(limit, true), {
    pauseMs: REOPEN_PAUSE_MS,
    clock: limit.clock,
    mayPass: (error) =>
      error instanceof ReplDriverError && COMES_BACK.has(error.code) && limit.remainingMs >= REOPEN_PAUSE_MS,
  });
}
