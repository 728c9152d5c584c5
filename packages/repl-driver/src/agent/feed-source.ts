import type { Line } from '../line/line.ts';
import type { Deadline } from '../time/deadline.ts';
import { WINDOW_BYTES } from './programs.ts';
import { GRANT } from './transfer-marks.ts';

/** The agent's answer, or the end of its command: it takes no more. */
const ENDS: readonly number[] = [0x1d, 0x04];

/** Sends a program to an agent that compiles it while it comes, as windows are granted; returns early when the agent gave up. */
export async function feedSource(line: Line, bytes: Uint8Array, deadline: Deadline): Promise<void> {
  for (let sent = 0; sent < bytes.length; ) {
    const granted = await line.until('the board to take a window of the program', deadline, grantsIn);
    line.take(granted.until);
    if (granted.bytes === 0) return;
    const piece = bytes.subarray(sent, sent + granted.bytes);
    await line.write(piece, deadline);
    sent += piece.length;
  }
}

interface Granted {
  /** None: the agent has ended. */
  readonly bytes: number;
  /** So many bytes of what waits tell it. */
  readonly until: number;
}

function grantsIn(waiting: Buffer): Granted | undefined {
  const end = waiting.findIndex((byte) => ENDS.includes(byte));
  const grants = end < 0 ? waiting : waiting.subarray(0, end);
  const windows = grants.filter((byte) => byte === GRANT).length;
  if (windows > 0) return { bytes: windows * WINDOW_BYTES, until: grants.length };
  return end < 0 ? undefined : { bytes: 0, until: 0 };
}
