/** An exception on the board, in a comparable form. */
export interface BoardError {
  readonly type: string;
  readonly args: readonly unknown[];
  /** `args[0]` of an OSError, otherwise null. */
  readonly errno: number | null;
  readonly errnoName: string | null;
}

/** One thing that the board did with its socket. */
export interface StepOutcome {
  /** `wrap`, `read`, `write`, `close`, … */
  readonly step: string;
  readonly value: unknown;
  readonly error: BoardError | null;
  /** Milliseconds on the board's own clock (`time.ticks_ms`). */
  readonly ms: number;
}

/** What the board's Python code saw of one connection. */
export interface BoardOutcome {
  readonly role: 'client' | 'server';
  /** True when `wrap_socket` and every step went without an exception. */
  readonly completed: boolean;
  readonly wrap: StepOutcome;
  readonly steps: readonly StepOutcome[];
  /** The first exception, wherever it came. */
  readonly error: BoardError | null;
  /** Milliseconds of `wrap_socket`. */
  readonly wrapMs: number;
  readonly heapBefore: number | null;
  readonly heapAfter: number | null;
  /** The board died or reset instead of answering; the decoded reason. */
  readonly crash: string | null;
}
