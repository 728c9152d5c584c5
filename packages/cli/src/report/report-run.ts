import type { RunDetails, RunRecord } from '@wirewrap/conformance';

/** One run as a report shows it: the canonical record, and the details that were written beside it. */
export interface ReportRun {
  readonly record: RunRecord;
  readonly details?: RunDetails | null;
}
