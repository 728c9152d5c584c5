import type { FailureClass } from '@wirewrap/conformance';

/** What a mutant breaks; the table counts by it. */
export type MutantKind =
  | 'validation'
  | 'handshake'
  | 'negotiation'
  | 'names'
  | 'data'
  | 'closing'
  | 'waiting'
  | 'contexts'
  | 'signature'
  | 'errors'
  | 'memory'
  | 'crash'
  | 'sockets'
  | 'line';

/** Text of the virtual board's `ssl.py` that is replaced; it must be there exactly once. */
export interface PythonChange {
  readonly old: string;
  /** `_hit()` in it says that the change took effect; without it, the first use of the module counts. */
  readonly new: string;
}

/**
 * Functions that take the place of the TLS library's or the C library's, in C. `hit()` says that the change took effect;
 * `NEXT(name)` is the function that is replaced; `board` is 0 in programs that are not the interpreter.
 */
export interface NativeChange {
  readonly c: string;
}

/** One thing wrong with a firmware: a row of data. */
export interface Mutant {
  readonly name: string;
  readonly kind: MutantKind;
  /** What it does, in a clause. */
  readonly does: string;
  readonly change: PythonChange | readonly PythonChange[] | NativeChange;
  /** Globs of the cases that can see it. */
  readonly cases: readonly string[];
  /** Claims, findings, cases or measurements of which one at least must be named. Globs. */
  readonly named: readonly string[];
  /** Who is to blame. Default `firmware`. */
  readonly class?: FailureClass;
}
