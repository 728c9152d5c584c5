import type { Capabilities, Observation } from '../claim/claim.ts';
import type { HandshakeDetail } from '../details/handshake-detail.ts';
import type { Measurement } from '../run-record.ts';

/** What one test tells the reporter in the main process; travels in the test's `meta`. */
export interface CaseReport {
  readonly board: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
  readonly observations: readonly Observation[];
  readonly measurements: readonly Measurement[];
  readonly handshakes: readonly HandshakeDetail[];
  /** What the board sent over its line. */
  readonly serialLog: string;
}

declare module 'vitest' {
  interface TaskMeta {
    wirewrap?: CaseReport;
  }
}
