import { type Comparison, compareRuns, type RunVerdict, runVerdict } from '@wirewrap/conformance';
import type { ReportRun } from '../report-run.ts';

/** A run's verdict, and the comparison that it rests on. */
export interface VerdictOfRun extends RunVerdict {
  /** What the run was compared with, for a reader; null when with nothing. */
  readonly against: string | null;
  /** Null when it was not compared. */
  readonly comparison: Comparison | null;
  /** Ids of the cases whose test failed. */
  readonly failed: readonly string[];
}

/**
 * The one place where a report decides whether a run is red: claims, cases that failed, and the baseline that it is given,
 * or else the comparison that was made when it ran.
 *
 * @example const { red, sentence } = verdictOfRun(await loadRun('results/latest.json'));
 */
export function verdictOfRun({ record, details, baseline }: ReportRun): VerdictOfRun {
  const made = details?.baseline;
  const against = baseline?.name ?? made?.path ?? null;
  const comparison = baseline == null ? (made?.comparison ?? null) : compareRuns(baseline.record, record);
  const failed = (details?.cases ?? []).filter(({ status }) => status === 'failed').map((detail) => detail.case);
  return { ...runVerdict(record, { comparison, baseline: against ?? undefined, failed }), against, comparison, failed };
}
