import type { Shown } from './shown.ts';

/** The case whose predecessor is looked for. */
export interface OrderedCase {
  readonly name: string;
  /** What its cases are grouped in, as a word: a suite, or a file. */
  readonly group: 'suite' | 'file';
  /** The orders in which something may have run before it; at least one. */
  readonly orders: readonly RunOrder[];
}

/** Cases in one order. */
export interface RunOrder {
  /** As words, `the order of --shuffle=7`. */
  readonly called: string;
  /** What runs before the case, in order. */
  readonly before: () => Promise<readonly Predecessor[]>;
  /** Runs these and then the case, on a board that was reset first. */
  readonly ask: (kept: readonly string[]) => Promise<Shown>;
}

/** A case that runs before. */
export interface Predecessor {
  readonly name: string;
  /** Whether it is of the same suite or file. */
  readonly near: boolean;
}
