import { debug } from '../debug.ts';
import { DeadlineError, isDeadline, MicroPythonError, ReplayDifferenceError, ReplDriverError } from '../errors.ts';
import { STALL_MS } from '../line/stall-watch.ts';
import type { Deadline } from '../time/deadline.ts';

/** How often a transfer goes over the line at most: once, and twice more when it arrived damaged. */
export const ATTEMPTS = 3;
/** With less time left than this nothing is begun again. */
const LEAST_MS = 50;

interface AttemptsOptions {
  readonly deadline: Deadline;
  /** True when the session is being closed: what Ctrl-C broke off is not begun again. */
  readonly closing: () => boolean;
  /** Brings the board back to its prompt. */
  readonly recover: () => Promise<void>;
}

/** The attempts of one call at transfers that a bad line damages. */
export class Attempts {
  readonly #options: AttemptsOptions;
  /** The attempt that is under way, and why the one before failed. */
  #number = 1;
  #before = '';
  /** Nothing but silence ended the attempts so far. */
  #silent = true;

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /**
   * Repeats what the line damaged, at most `ATTEMPTS` times and never past the deadline. Errors of the board's own
   * (ENOSPC, MemoryError ...), a reset, a lost connection and the caller's signal end it at once.
   */
  async run<T>(what: string, attempt: (number: number) => Promise<T>): Promise<T> {
    const { deadline, closing, recover } = this.#options;
    this.#before = '';
    this.#silent = true;
    for (this.#number = 1; ; this.#number++) {
      try {
        return await attempt(this.#number);
      } catch (error) {
        const how = damage(error);
        if (how === null || deadline.remainingMs < LEAST_MS || deadline.over || closing()) throw error;
        this.#before = how;
        this.#silent &&= isDeadline(error);
        debug('%s, attempt %d: %s', what, this.#number, how);
        if (this.#number === ATTEMPTS)
          throw this.#silent ? tooSlow(what, error) : gaveUp(what, this.#number, how, error);
        await recover().catch((cause: unknown) => {
          throw unanswered(what, this.#number, how, cause);
        });
      }
    }
  }

  /** The attempt that is under way, from 1. */
  get number(): number {
    return this.#number;
  }

  /** The error of the call: a deadline that passed during a repetition says so. */
  explained(error: unknown): unknown {
    if (!(error instanceof DeadlineError) || this.#before === '') return error;
    const { waitedMs, cameInstead } = error;
    const waitedFor = `${error.waitedFor} (attempt ${this.#number} of ${ATTEMPTS}; the one before failed: ${this.#before})`;
    const explained = new DeadlineError({ waitedFor, waitedMs, cameInstead });
    explained.traffic = error.traffic;
    return explained;
  }
}

/** How the line damaged a transfer; null when something else ended it. */
function damage(error: unknown): string | null {
  if (error instanceof MicroPythonError) {
    // The receiver raises EOFError for nothing else, and Ctrl-C came from the line: nobody here sent it.
    if (error.type === 'EOFError') return `the board said: ${String(error.args[0] ?? error.type)}`;
    return error.type === 'KeyboardInterrupt' ? 'the line brought the board a Ctrl-C' : null;
  }
  if (isDeadline(error)) return 'the board fell silent';
  if (!(error instanceof ReplDriverError) || error.code !== 'PROTOCOL') return null;
  if (error instanceof ReplayDifferenceError) return null;
  return error instanceof DamageError ? error.how : "the board's answer was not whole";
}

/** What arrived from the board is not what it sent. */
export class DamageError extends ReplDriverError {
  readonly how: string;

  constructor(how: string) {
    super('PROTOCOL', `What came from the board is damaged (${how}); the line lost or changed bytes.`);
    this.name = 'DamageError';
    this.how = how;
  }
}

function gaveUp(what: string, attempts: number, how: string, cause: unknown): ReplDriverError {
  const message = `${what} arrived damaged in ${attempts} attempts (the last time ${how}); the line lost or changed bytes, so check cable and speed and try again.`;
  return new ReplDriverError('PROTOCOL', message, { cause });
}

function tooSlow(what: string, cause: unknown): ReplDriverError {
  const message = `${what} was not transferred: in ${ATTEMPTS} attempts the board fell silent, the last time for ${STALL_MS * 2 ** (ATTEMPTS - 1)} ms; it is slow or stuck, so look at what else runs on it, or reset it.`;
  return new ReplDriverError('PROTOCOL', message, { cause });
}

function unanswered(what: string, attempt: number, how: string, cause: unknown): ReplDriverError {
  if (cause instanceof ReplDriverError && cause.code === 'TRANSPORT_CLOSED') return cause;
  const message = `${what} was not transferred (in attempt ${attempt} ${how}), and the board does not answer any more; check cable, power and the host at the other end.`;
  return new ReplDriverError('PROTOCOL', message, { cause });
}
