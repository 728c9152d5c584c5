import type { ResetCause } from '@wirewrap/repl-driver';
/** An exception on the board, in a comparable form. */
export interface BoardError {
  readonly type: string;
  readonly args: readonly unknown[];
  /** `args[0]` of an OSError, otherwise null. */
  readonly errno: number | null;
  readonly errnoName: string | null;
}

/** What takes the place of bytes that were too many to send over the serial line. */
export interface BytesDigest {
  readonly length: number;
  /** Hex. */
  readonly sha256: string;
  /** The first 32 bytes. */
  readonly head: Uint8Array;
}

/** One thing that the board did with its socket. */
export interface StepOutcome {
  /** `connect` or `accept`, `wrap`, `read`, `write`, `close`, … or the name of a `python` step. */
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
  /** What the board received in the clear before TLS, in the order of the `expect` steps; left out when the run has no `startTls`. */
  readonly plaintext?: StepOutcome;
  /**
   * Its `step` is `connect` or `accept` when the board did not even get a TCP connection, `plaintext` when STARTTLS failed,
   * `arguments` when what `wrap_socket` should be given did not fit into its heap.
   */
  readonly wrap: StepOutcome;
  readonly steps: readonly StepOutcome[];
  /** The first exception, wherever it came. `BoardGaveUp` is ours: the deadline passed and Ctrl-C did not help. */
  readonly error: BoardError | null;
  /** Milliseconds of `wrap_socket`. */
  readonly wrapMs: number;
  readonly heapBefore: number | null;
  readonly heapAfter: number | null;
  /** The board died or reset instead of answering; the decoded reason. */
  readonly crash: string | null;
  /** Why it reset, where the board said so; missing when it did not crash, or the line was lost. */
  readonly resetCause?: ResetCause;
  /** The step during which it died: `wrap`, `read`, …; missing when it did not. */
  readonly crashedIn?: string;
}
