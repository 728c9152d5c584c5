/** Stable codes of every error that this package throws. */
export type ReplDriverErrorCode =
  | 'BAD_URL'
  | 'NO_SUCH_PORT'
  | 'NO_PERMISSION'
  | 'PORT_BUSY'
  | 'NOT_MICROPYTHON'
  | 'DEADLINE'
  | 'ABORTED'
  | 'TRANSPORT_CLOSED'
  | 'BOARD_RESET'
  | 'BOARD_PANIC'
  | 'PROTOCOL'
  | 'PYTHON'
  | 'BAD_VALUE';

/**
 * Root of the package's errors. The message is one sentence for a person: what was wrong, where, what to do.
 *
 * @example if (error instanceof ReplDriverError && error.code === 'PORT_BUSY') console.error(error.message);
 */
export class ReplDriverError extends Error {
  readonly code: ReplDriverErrorCode;
  /** The last 2 KiB of serial traffic in both directions, escaped; empty when nothing passed. */
  traffic = '';

  constructor(code: ReplDriverErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReplDriverError';
    this.code = code;
  }
}

/**
 * A wait that took too long: what was waited for, how long, and what was received instead.
 *
 * @example if (error instanceof DeadlineError) console.error(error.waitedFor, error.waitedMs, error.cameInstead);
 */
export class DeadlineError extends ReplDriverError {
  readonly waitedFor: string;
  readonly waitedMs: number;
  readonly cameInstead: string;

  constructor(fields: { waitedFor: string; waitedMs: number; cameInstead: string }) {
    super('DEADLINE', `Waited ${fields.waitedMs} ms for ${fields.waitedFor}; received instead: ${fields.cameInstead}.`);
    this.name = 'DeadlineError';
    this.waitedFor = fields.waitedFor;
    this.waitedMs = fields.waitedMs;
    this.cameInstead = fields.cameInstead;
  }
}

/** Whether a wait ended because its deadline passed. */
export function isDeadline(error: unknown): boolean {
  return error instanceof ReplDriverError && error.code === 'DEADLINE';
}

/** The line swallowed or changed part of a command before the board could begin with it: it can be sent again. */
export class NotStartedError extends ReplDriverError {
  /** The board said nothing: it may be slow. */
  readonly silent: boolean;

  constructor(what: string, { silent = false }: { silent?: boolean } = {}) {
    super(
      'PROTOCOL',
      `The command did not reach the board whole (${what}); the line loses bytes, so check cable and speed.`,
    );
    this.name = 'NotStartedError';
    this.silent = silent;
  }
}

/** The host of a replay did otherwise than the recorded one: no cable or repetition helps. */
export class ReplayDifferenceError extends ReplDriverError {
  /** `atMs`: milliseconds since the beginning of the recorded session. */
  constructor({ did, recorded, atMs }: { did: string; recorded: string; atMs: number }) {
    super(
      'PROTOCOL',
      `The host sent ${did} where the recorded session has ${recorded} (at ${atMs} ms); send the same again, or record it again.`,
    );
    this.name = 'ReplayDifferenceError';
  }
}

/**
 * The caller's AbortSignal fired; `cause` is its reason.
 *
 * @example if (error instanceof AbortedError) console.error(error.message, error.cause);
 */
export class AbortedError extends ReplDriverError {
  constructor(waitedFor: string, reason: unknown) {
    super('ABORTED', `Aborted by the caller while waiting for ${waitedFor}.`, { cause: reason });
    this.name = 'AbortError';
  }
}

/** Why a board reset under a call: `brown-out` is a supply that broke down, `boot` a start without a word of why. */
export type ResetCause = 'brown-out' | 'watchdog' | 'panic' | 'hard reset' | 'soft reset' | 'boot';

/**
 * The board reset or panicked under a call.
 *
 * @example if (error instanceof BoardResetError && error.resetCause === 'brown-out') console.error(error.reason);
 */
export class BoardResetError extends ReplDriverError {
  readonly resetCause: ResetCause;
  /** Decoded reason, such as `Guru Meditation Error: LoadProhibited` or `soft reset`. */
  readonly reason: string;
  /** What the program had printed before. */
  readonly output: string;
  /** Addresses of the panic's backtrace and the beginning of the ELF's SHA-256, as the dump has them; null where there is none. */
  readonly place: PanicPlace | null;

  constructor(
    code: 'BOARD_RESET' | 'BOARD_PANIC',
    fields: { resetCause: ResetCause; reason: string; output: string; place?: PanicPlace | null },
  ) {
    const verb = code === 'BOARD_PANIC' ? 'panicked' : 'reset';
    super(code, `The board ${verb} while a program ran on it: ${fields.reason}.`);
    this.name = 'BoardResetError';
    this.resetCause = fields.resetCause;
    this.reason = fields.reason;
    this.output = fields.output;
    this.place = fields.place ?? null;
  }
}

/** What a panic's dump says of where the firmware was. */
export interface PanicPlace {
  /** Addresses in the firmware as the dump has them, the innermost first. */
  readonly addresses: readonly string[];
  /** How the SHA-256 of the build's ELF begins; null where the dump does not say it. */
  readonly elfSha256: string | null;
}

/** One frame of a Python traceback: file, line and function. */
export interface TracebackFrame {
  readonly file: string;
  readonly line: number;
  readonly name: string | null;
}

/**
 * An exception that was raised on the board.
 *
 * @example if (error instanceof MicroPythonError && error.errnoName === 'ECONNRESET') console.error(error.traceback);
 */
export class MicroPythonError extends ReplDriverError {
  /** The exception's class, such as `OSError`. */
  readonly type: string;
  /** Its `args` as JavaScript values. */
  readonly args: readonly unknown[];
  /** `args[0]` of an OSError (negative for mbedTLS codes), otherwise null. */
  readonly errno: number | null;
  /** `ECONNRESET`, `MBEDTLS_ERR_SSL_CONN_EOF` …, or null when unknown. */
  readonly errnoName: string | null;
  /** Innermost last. */
  readonly frames: readonly TracebackFrame[];
  readonly traceback: string;
  /** What the program had printed before. */
  readonly output: string;

  constructor(fields: {
    type: string;
    args: readonly unknown[];
    errno: number | null;
    errnoName: string | null;
    message: string;
    frames: readonly TracebackFrame[];
    traceback: string;
    /** Default: none. */
    output?: string;
  }) {
    super('PYTHON', fields.message);
    this.name = 'MicroPythonError';
    this.type = fields.type;
    this.args = fields.args;
    this.errno = fields.errno;
    this.errnoName = fields.errnoName;
    this.frames = fields.frames;
    this.traceback = fields.traceback;
    this.output = fields.output ?? '';
  }
}

/**
 * What a caller's own callback threw, in `cause`: whatever that is, it says nothing of this board, so it is no error of the
 * driver's. It ends the call as what nobody foresaw does, and is taken out before the caller sees it.
 */
export class CallbackError extends Error {
  readonly code = 'CALLBACK';

  constructor(cause: unknown) {
    super('A callback of the caller failed.', { cause });
    this.name = 'CallbackError';
  }
}
