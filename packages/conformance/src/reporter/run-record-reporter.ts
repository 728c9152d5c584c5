import { relative } from 'node:path';
import type { Reporter, TestCase, TestRunEndReason, TestSpecification } from 'vitest/node';
import { suiteOfFile } from '../cases/suite-names.ts';
import { CLAIMS } from '../claims/index.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { readBaseline } from '../compare/update-baseline.ts';
import { boardFingerprints } from '../details/board-fingerprints.ts';
import { type CaseDetail, RUN_DETAILS_SCHEMA } from '../details/case-detail.ts';
import { detailsPathOf, writeRunDetails } from '../details/details-file.ts';
import { buildRunRecord } from '../record/build-record.ts';
import { writeRunRecord } from '../record/record-file.ts';
import { formatRun } from '../report/format-run.ts';
import { showsColours } from '../report/paint.ts';
import { runVerdict } from '../report/run-verdict.ts';
import { pathThatKeepsWhole, pointLatestAt, recordPathOf } from '../results/keep-record.ts';
import type { RunRecord } from '../run-record.ts';
import type { CaseReport } from '../suite/case-report.ts';
import { detailOf } from './detail-of.ts';
import { type PlannedRun, planOf } from './planned-run.ts';
import { type RunOutcome, type RunRecordReporterOptions, reporterDefaults } from './reporter-options.ts';

/**
 * A vitest reporter that makes the RunRecord out of the cases' observations, judges the claims, keeps the record by board
 * and time, and prints what matters. It changes no exit code: claims and the comparison with the baseline are tests.
 */
export class RunRecordReporter implements Reporter {
  readonly #options: RunRecordReporterOptions;
  readonly #reports: CaseReport[] = [];
  readonly #details: CaseDetail[] = [];
  readonly #failed = new Set<string>();
  #plan: PlannedRun | null = null;
  #startedAt = new Date();
  #outcome: RunOutcome | null = null;

  constructor(options: RunRecordReporterOptions = {}) {
    this.#options = options;
  }

  /** Null until the run ended, and when no case was observed. */
  get outcome(): RunOutcome | null {
    return this.#outcome;
  }

  onTestRunStart(specifications: readonly TestSpecification[] = []): void {
    this.#reports.length = 0;
    this.#details.length = 0;
    this.#failed.clear();
    this.#outcome = null;
    this.#startedAt = (this.#options.now ?? reporterDefaults.now)();
    this.#plan = planOf(specifications, this.#options.baseline ?? null);
  }

  onTestCaseResult(testCase: TestCase): void {
    const isCase = suiteOfFile(testCase.module.moduleId) !== null && this.#plan?.cases.has(testCase.name);
    if (isCase && testCase.result().state === 'failed') this.#failed.add(testCase.name);
    const report = testCase.meta().wirewrap;
    if (report === undefined) return;
    this.#reports.push(report);
    this.#details.push(detailOf(testCase, report));
  }

  async onTestRunEnd(_modules: unknown, _errors: unknown, reason?: TestRunEndReason): Promise<void> {
    const first = this.#reports[0];
    if (first === undefined) return;
    const observations = this.#reports.flatMap((report) => report.observations);
    const asked = this.#plan?.cases ?? new Set(observations.map((item) => item.case));
    const fingerprints = boardFingerprints(this.#details);
    const record = buildRunRecord({
      board: { ...first.board, ...(fingerprints === null ? {} : { fingerprints }) },
      capabilities: first.capabilities,
      claims: CLAIMS,
      observations,
      measurements: this.#reports.flatMap((report) => report.measurements),
      asked,
      run: {
        startedAt: this.#startedAt.toISOString(),
        filter: this.#plan?.filter ?? null,
        interrupted: reason === 'interrupted',
      },
    });
    await this.#finish(record);
  }

  async #finish(record: RunRecord): Promise<void> {
    const { baseline } = this.#options;
    const comparison = baseline === undefined ? null : compareRuns(await readBaseline(baseline), record);
    const verdict = runVerdict(record, { comparison, baseline, failed: [...this.#failed] });
    const path = await this.#write(record, { comparison, baseline });
    const out = this.#options.stdout ?? process.stdout;
    const { colours, columns, verbose, page } = this.#options;
    const shown = { columns, verbose, page, path: shownPath(path), colours: colours ?? showsColours(out) };
    out.write(formatRun(record, { comparison, baseline, verdict, ...shown }));
    this.#outcome = { record, path, comparison, ...verdict };
  }

  /** Writes record and details; resolves with the record's path. */
  async #write(record: RunRecord, against: Pick<RunOutcome, 'comparison'> & { baseline?: string }): Promise<string> {
    const { output } = this.#options;
    const folder = this.#options.folder ?? reporterDefaults.folder;
    const path =
      output === undefined
        ? recordPathOf(folder, this.#options.label ?? reporterDefaults.label, this.#startedAt.toISOString())
        : await pathThatKeepsWhole(output, record);
    await writeRunDetails(detailsPathOf(path), {
      schema: RUN_DETAILS_SCHEMA,
      board: record.board,
      startedAt: this.#startedAt.toISOString(),
      ...(against.comparison === null
        ? {}
        : { baseline: { path: against.baseline ?? '', comparison: against.comparison } }),
      cases: this.#details,
    });
    await writeRunRecord(path, record);
    if (output === undefined) await pointLatestAt(folder, path, record);
    return path;
  }
}

function shownPath(path: string): string {
  return relative(process.cwd(), path) || path;
}

/** The reporter that `wirewrap test` and `pnpm start` use. */
export function createRunRecordReporter(options: RunRecordReporterOptions = {}): RunRecordReporter {
  return new RunRecordReporter(options);
}
