import type { Comparison } from '../compare/comparison.ts';
import type { HandshakeDetail } from './handshake-detail.ts';

/** The schema that the details of a run name. */
export const RUN_DETAILS_SCHEMA = 'wirewrap.run-details/1';

/** Who is to blame for a failure; only `board` and `link` may be retried. */
export type FailureClass = 'test' | 'firmware' | 'board' | 'link' | 'host';

/** What one case showed beyond its canonical observation: times, bytes, certificates, the serial line. */
export interface CaseDetail {
  /** The case's id, as in the record's observations. */
  readonly case: string;
  /** Full name of the test. */
  readonly test: string;
  /** The suite's file, relative to the repository. */
  readonly file: string;
  /** The line of that file, from 1; absent where vitest does not say. */
  readonly line?: number;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly failureClass?: FailureClass;
  readonly durationMs: number;
  /** Message of the failure, without a stack. */
  readonly error?: string;
  /** Why it was skipped. */
  readonly skipped?: string;
  /** In the order in which they ran; the last one is the one that the observation speaks of. */
  readonly handshakes: readonly HandshakeDetail[];
  /** What the board sent over the serial line during the case. */
  readonly serialLog?: string;
}

/** The second file of a run, `results/latest.details.json`: what is not canonical, for people. */
export interface RunDetails {
  /** `wirewrap.run-details/1`. */
  readonly schema: string;
  readonly board: Readonly<Record<string, unknown>>;
  /** When the run began, ISO 8601. */
  readonly startedAt?: string;
  /** What the run was compared with, and what differs. */
  readonly baseline?: { readonly path: string; readonly comparison: Comparison };
  readonly cases: readonly CaseDetail[];
}
