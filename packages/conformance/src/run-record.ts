import type { ClaimSource, Observation, Verdict } from './claim.ts';

export const RUN_RECORD_SCHEMA = 'wirewrap.run-record/1';

export interface ClaimResult {
  readonly id: string;
  readonly source: ClaimSource;
  readonly role: string;
  readonly statement: string;
  readonly verdict: Verdict;
  /** The observed fact in one sentence. */
  readonly observed: string;
  readonly knownDeviation?: string;
}

export interface Measurement {
  readonly case: string;
  readonly name: string;
  readonly unit: 'ms' | 'bytes' | 'count';
  readonly value: number;
}

/** Everything that one run showed about one board; `results/latest.json`. */
export interface RunRecord {
  /** `wirewrap.run-record/1`. */
  readonly schema: string;
  readonly board: Readonly<Record<string, unknown>>;
  readonly claims: readonly ClaimResult[];
  readonly observations: readonly Observation[];
  readonly measurements: readonly Measurement[];
}
