import type { RunDetails, RunRecord } from '@wirewrap/conformance';

/** The reviewed run that a run is compared with. */
export interface ReportBaseline {
  /** For a reader, such as its path. */
  readonly name: string;
  readonly record: RunRecord;
}

/** One run as a report shows it: the canonical record, the details that were written beside it, and its baseline. */
export interface ReportRun {
  readonly record: RunRecord;
  readonly details?: RunDetails | null;
  readonly baseline?: ReportBaseline | null;
}
