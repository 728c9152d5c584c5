import { type Comparison, compareRuns, type RunVerdict, runVerdict } from '@wirewrap/conformance';
import type { ReportRun } from '../report-run.ts';

/** A run's verdict, and the comparison that it rests on; null where the run has no baseline. */
export interface VerdictOfRun extends RunVerdict {
  readonly comparison: Comparison | null;
  /** Ids of the cases whose test failed. */
  readonly failed: readonly string[];
}

/** The one place where a report decides whether a run is red: claims, cases that failed, and the baseline. */
export function verdictOfRun({ record, details, baseline }: ReportRun): VerdictOfRun {
  const comparison = baseline == null ? null : compareRuns(baseline.record, record);
  const failed = (details?.cases ?? []).filter(({ status }) => status === 'failed').map((detail) => detail.case);
  return { ...runVerdict(record, { comparison, baseline: baseline?.name, failed }), comparison, failed };
}
