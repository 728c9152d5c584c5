import { INTERRUPT } from '../repl/control.ts';
import { isDeadline } from '../repl/enter-raw.ts';
import type { Line } from '../session/line.ts';
import type { Deadline } from '../time/deadline.ts';
import { GIVE_UP_MS, GRANT, WINDOW_BYTES } from './receiver.ts';

const STRIDE = 16;
const ANSWER_MS = 250;

/**
 * Gets a receiver whose host died to give up. It takes every byte for data, Ctrl-C included, and sits in `readinto`
 * while a window is half full, so the window is filled exactly (each full one is acknowledged) and then nothing is sent
 * until its patience ends. To anything else this is some Ctrl-C.
 * False when no receiver answered.
 */
export async function outlastReceiver(line: Line, deadline: Deadline): Promise<boolean> {
  line.take();
  if (!(await granted(line, WINDOW_BYTES, deadline))) return false;
  // The window's remainder is unknown: find its end in strides, then, one window on, byte by byte.
  for (let sent = 0; sent < WINDOW_BYTES && !(await granted(line, STRIDE, deadline)); sent += STRIDE);
  await granted(line, WINDOW_BYTES - STRIDE, deadline);
  for (let sent = 0; sent <= STRIDE && !(await granted(line, 1, deadline)); sent++);
  await line.drain(GIVE_UP_MS + 300, deadline.within(GIVE_UP_MS + 600));
  return true;
}

/** True when the bytes completed a window. */
async function granted(line: Line, count: number, deadline: Deadline): Promise<boolean> {
  await line.write(INTERRUPT.repeat(count), deadline);
  try {
    const grant = await line.until('a window', deadline.within(ANSWER_MS), (waiting) =>
      waiting.includes(GRANT) ? true : undefined,
    );
    line.take();
    return grant;
  } catch (error) {
    if (!isDeadline(error)) throw error;
    line.take();
    return false;
  }
}
