import type { Watched } from './answers.ts';
import type { State } from './search.ts';

/** The schema that `bisect.json` names. */
export const BISECT_SCHEMA = 'wirewrap.bisect/1';

/** What is known of one firmware. */
export interface FirmwareResult {
  readonly name: string;
  /** `good`: as the good one; `bad`: not; `skipped`: nothing can be told; null: it was not tried. */
  readonly state: Exclude<State, undefined> | null;
  /** Why it was skipped; null otherwise. */
  readonly reason: string | null;
  /** What is not as on the good firmware. */
  readonly changed: readonly string[];
  /** Of these, what is not as on the bad one either, with its value. */
  readonly other: readonly { readonly name: string; readonly value: unknown }[];
}

/** What a search found: `bisect.json`, and what `--json` prints. */
export interface BisectResult {
  readonly schema: typeof BISECT_SCHEMA;
  /** From the good one to the bad one. */
  readonly firmwares: readonly FirmwareResult[];
  /** What the two do differently. */
  readonly watched: readonly Watched[];
  /** Cases and claims with two answers on one of the two: they were left out. */
  readonly flaky: readonly string[];
  /** The first firmware that is not as the good one. Where others before it were skipped, it may be one of them. */
  readonly first: string;
  readonly lastGood: string;
  /** Skipped firmwares between the two. */
  readonly skippedBetween: readonly string[];
  /** Firmwares at which the behaviour changes, as far as they were tried: one, unless it came and went. */
  readonly turns: readonly string[];
}

/** Whether the search has one answer. */
export function isCertain({ skippedBetween, turns }: BisectResult): boolean {
  return skippedBetween.length === 0 && turns.length === 1;
}
