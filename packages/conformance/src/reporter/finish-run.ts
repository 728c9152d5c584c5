import { relative } from 'node:path';
import { compareRuns } from '../compare/compare-runs.ts';
import { readBaseline } from '../compare/update-baseline.ts';
import { type CaseDetail, RUN_DETAILS_SCHEMA } from '../details/case-detail.ts';
import { detailsPathOf, writeRunDetails } from '../details/details-file.ts';
import { writeRunRecord } from '../record/record-file.ts';
import { formatRun } from '../report/format-run.ts';
import { showsColours } from '../report/paint.ts';
import { runVerdict } from '../report/run-verdict.ts';
import { pathThatKeepsWhole, pointLatestAt, recordPathOf } from '../results/keep-record.ts';
import type { RunRecord } from '../run-record.ts';
import { type RunOutcome, type RunRecordReporterOptions, reporterDefaults } from './reporter-options.ts';

/** A run whose last case has ended. */
export interface EndedRun {
  readonly record: RunRecord;
  readonly details: readonly CaseDetail[];
  /** Ids of the cases whose test failed. */
  readonly failed: readonly string[];
  readonly startedAt: Date;
}

/**
 * Compares a run with its baseline, writes record and details, and tells how it ended.
 *
 * @example const { red, path } = await finishRun({ ...(await runSplit(split)), failed: [], startedAt }, { label: 'desk' });
 */
export async function finishRun(run: EndedRun, options: RunRecordReporterOptions): Promise<RunOutcome> {
  const { record } = run;
  const { baseline, colours, columns, verbose, page } = options;
  const comparison = baseline === undefined ? null : compareRuns(await readBaseline(baseline), record);
  const verdict = runVerdict(record, { comparison, baseline, failed: run.failed });
  const path = await writeRun(run, comparison, options);
  const out = options.stdout ?? process.stdout;
  const shown = { columns, verbose, page, path: shownPath(path), colours: colours ?? showsColours(out) };
  out.write(formatRun(record, { comparison, baseline, verdict, ...shown }));
  return { record, path, comparison, ...verdict };
}

/** Writes record and details; resolves with the record's path. */
async function writeRun(
  { record, details, startedAt }: EndedRun,
  comparison: RunOutcome['comparison'],
  { output, folder = reporterDefaults.folder, label = reporterDefaults.label, baseline }: RunRecordReporterOptions,
): Promise<string> {
  const path =
    output === undefined
      ? recordPathOf(folder, label, startedAt.toISOString())
      : await pathThatKeepsWhole(output, record);
  await writeRunDetails(detailsPathOf(path), {
    schema: RUN_DETAILS_SCHEMA,
    board: record.board,
    startedAt: startedAt.toISOString(),
    ...(comparison === null ? {} : { baseline: { path: baseline ?? '', comparison } }),
    cases: details,
  });
  await writeRunRecord(path, record);
  if (output === undefined) await pointLatestAt(folder, path, record);
  return path;
}

function shownPath(path: string): string {
  return relative(process.cwd(), path) || path;
}
