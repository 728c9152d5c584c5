import { debug } from '../debug.ts';
import { BoardResetError, isDeadline } from '../errors.ts';
import { RAW_BANNER } from '../line/control.ts';
import type { Line } from '../line/line.ts';
import { SILENCE_AFTER_RESET_MS } from '../line/reset-watch.ts';
import type { Deadline } from '../time/deadline.ts';
import { PROMPT } from './run-scanner.ts';

/** A boot.py that joins a Wi-Fi has so long before Ctrl-C breaks it off. */
const BOOT_MS = 10_000;

/** The interpreter resets (or, on 1.18 to 1.23, may go on): wait for either, and for what boot.py does. */
export async function afterSystemExit(line: Line, deadline: Deadline, output: string): Promise<BoardResetError> {
  await seen(
    line,
    'the reset after SystemExit',
    deadline.within(SILENCE_AFTER_RESET_MS),
    (waiting) => waiting.includes('soft reboot') || waiting.includes(PROMPT, 0, 'latin1'),
  );
  if (line.peek().includes('soft reboot')) {
    await seen(line, 'the raw REPL after SystemExit', deadline.within(BOOT_MS), (waiting) =>
      waiting.includes(RAW_BANNER),
    );
  }
  await line.drain(30, deadline.within(500));
  return new BoardResetError('BOARD_RESET', {
    resetCause: 'soft reset',
    reason: 'soft reset: the program raised SystemExit or called machine.soft_reset()',
    output,
  });
}

/** Waits for a sign; that it does not come is no error. */
export async function seen(
  line: Line,
  what: string,
  deadline: Deadline,
  sign: (waiting: Buffer) => boolean,
): Promise<void> {
  await line
    .until(what, deadline, (waiting) => sign(waiting) || undefined)
    .catch((error: unknown) => {
      if (!isDeadline(error)) throw error;
      debug('went on without %s', what);
    });
}
