/** Limits that every call on a board takes. */
export interface CallOptions {
  /** Milliseconds until the call fails with `DeadlineError`; `Infinity` for never. Default 10,000. */
  readonly deadlineMs?: number;
  /** Aborts the call: the board is interrupted and the session stays usable. */
  readonly signal?: AbortSignal;
}
