import type { Footprint } from '@wirewrap/tls-lab';
import type { Capabilities, Observation } from '../claim/claim.ts';
import type { HandshakeDetail } from '../details/handshake-detail.ts';
import type { TimeParts } from '../profile/time-parts.ts';
import type { Measurement } from '../run-record.ts';

/** What one test tells the reporter in the main process; travels in the test's `meta`. */
export interface CaseReport {
  readonly board: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
  /** What the harness takes of the board's heap; absent where it was not measured. */
  readonly footprint?: Footprint;
  readonly observations: readonly Observation[];
  readonly measurements: readonly Measurement[];
  readonly handshakes: readonly HandshakeDetail[];
  /** What the board sent over its line. */
  readonly serialLog: string;
}

/** Where the time since the test before went. */
export interface TestTimes extends TimeParts {
  /** Bytes on the serial line, both ways. */
  readonly lineBytes: number;
}

declare module 'vitest' {
  interface TaskMeta {
    wirewrap?: CaseReport;
    wirewrapTimes?: TestTimes;
  }
}
