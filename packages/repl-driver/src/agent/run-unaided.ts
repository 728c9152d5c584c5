import { debug } from '../debug.ts';
import { isDeadline, NotStartedError, ReplDriverError } from '../errors.ts';
import type { Line } from '../line/line.ts';
import { StallWatch } from '../line/stall-watch.ts';
import type { RawRepl } from '../repl/raw-repl.ts';
import type { Deadline } from '../time/deadline.ts';
import { raisedByTraceback } from './raised-on-board.ts';

/** How often what did not arrive is sent. */
const ATTEMPTS = 3;

/** What each command of a program prints at its end when it arrived whole. */
const PART_ARRIVED = /ww2$/;

/** Where programs run without the agent. */
export interface UnaidedLine {
  readonly line: Line;
  readonly repl: RawRepl;
}

/** What a program is and what it answers. */
export interface UnaidedProgram<T> {
  /** Its commands for the raw REPL, one after the other. */
  readonly commands: readonly string[];
  /** The answer in what the last command printed; undefined where it did not arrive whole. */
  readonly read: (output: string) => T | undefined;
}

/** The end of an attempt. */
interface Attempt {
  readonly output: string;
  readonly traceback: string;
  /** Milliseconds in which the board said nothing; 0 where it answered. */
  readonly silentMs: number;
}

/**
 * Runs a program of the driver's own by the plain raw REPL, until all of it and its answer arrived. Fails with the board's
 * `MemoryError`, or with `PROTOCOL` or `NOT_MICROPYTHON` after three attempts.
 */
export async function runUnaided<T>(at: UnaidedLine, program: UnaidedProgram<T>, deadline: Deadline): Promise<T> {
  for (let number = 1; ; number++) {
    const attempt = await runOnce(at, program.commands, deadline, number);
    const answer = program.read(attempt.output);
    if (answer !== undefined) return answer;
    if (/^MemoryError/m.test(attempt.traceback)) throw raisedByTraceback(attempt.traceback, () => null);
    if (number >= ATTEMPTS) throw notRun(at.line.transport.url, attempt);
  }
}

/** Running twice does no harm, so whatever the line swallowed is sent again; a slow line swallows nothing. */
async function runOnce(
  { line, repl }: UnaidedLine,
  commands: readonly string[],
  deadline: Deadline,
  number: number,
): Promise<Attempt> {
  const watch = new StallWatch(line, deadline, number);
  try {
    let answer = { output: '', traceback: '' };
    for (const command of commands) {
      answer = await repl.run(command, watch.limit);
      if (!PART_ARRIVED.test(answer.output)) break;
    }
    return { ...answer, silentMs: 0 };
  } catch (error) {
    if (!(error instanceof ReplDriverError) || deadline.over) throw error;
    if (!(error instanceof NotStartedError) && !isDeadline(error)) throw error;
    debug("running the driver's program, attempt %d: %s", number, error.name);
    await repl.enter(deadline);
    const silent = error instanceof NotStartedError ? error.silent : true;
    return { output: '', traceback: '', silentMs: silent ? watch.silenceMs : 0 };
  } finally {
    watch.stop();
  }
}

/** A board that refuses, one that is slow, and a line that loses bytes are three things. */
function notRun(url: string, { output, traceback, silentMs }: Attempt): ReplDriverError {
  const said = (traceback || output).trim().split('\r\n').at(-1) ?? '';
  if (silentMs > 0) {
    const message = `${url} has a raw REPL, but did not run the driver's program within ${silentMs} ms; the board is slow or stuck, so give a longer deadlineMs, or reset it.`;
    return new ReplDriverError('PROTOCOL', message);
  }
  if (said === '') {
    const message = `The driver's program arrived damaged at ${url} in ${ATTEMPTS} attempts; the line loses or changes bytes, so check cable and speed.`;
    return new ReplDriverError('PROTOCOL', message);
  }
  const message = `${url} has a raw REPL but could not run the driver's program (${said}); MicroPython 1.18 or newer is needed.`;
  return new ReplDriverError('NOT_MICROPYTHON', message);
}
