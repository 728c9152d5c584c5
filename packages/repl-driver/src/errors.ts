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

/** Root of the package's errors. The message is one sentence for a person: what was wrong, where, what to do. */
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

export interface TracebackFrame {
  readonly file: string;
  readonly line: number;
  readonly name: string | null;
}

/** An exception that was raised on the board. */
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

  constructor(fields: {
    type: string;
    args: readonly unknown[];
    errno: number | null;
    errnoName: string | null;
    message: string;
    frames: readonly TracebackFrame[];
    traceback: string;
  }) {
    super('PYTHON', fields.message);
    this.name = 'MicroPythonError';
    this.type = fields.type;
    this.args = fields.args;
    this.errno = fields.errno;
    this.errnoName = fields.errnoName;
    this.frames = fields.frames;
    this.traceback = fields.traceback;
  }
}
