import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reporter, TestCase, TestRunEndReason, TestSpecification } from 'vitest/node';
import { suiteOfFile } from '../cases/suite-names.ts';
import { claimsOf } from '../claims/index.ts';
import { boardFingerprints } from '../details/board-fingerprints.ts';
import type { CaseDetail } from '../details/case-detail.ts';
import { buildRunRecord } from '../record/build-record.ts';
import { OWN_CASES } from '../record/run-scope.ts';
import { selectionOf } from '../selection/case-selection.ts';
import type { CaseReport } from '../suite/case-report.ts';
import { detailOf } from './detail-of.ts';
import { finishRun } from './finish-run.ts';
import { ownFilterOf, type PlannedRun, planOf } from './planned-run.ts';
import { type RunOutcome, type RunRecordReporterOptions, reporterDefaults } from './reporter-options.ts';
import { RunTimes } from './run-times.ts';

/**
 * A vitest reporter that makes the RunRecord out of the cases' observations, judges the claims, keeps the record by board
 * and time, and prints what matters. It changes no exit code: claims and the comparison with the baseline are tests.
 *
 * @example const reporters = [new RunRecordReporter({ output: 'results/mine.json' })];
 */
export class RunRecordReporter implements Reporter {
  readonly #options: RunRecordReporterOptions;
  readonly #reports: CaseReport[] = [];
  readonly #details: CaseDetail[] = [];
  readonly #failed = new Set<string>();
  #plan: PlannedRun | null = null;
  #filter: string | null = null;
  #startedAt: Date;
  #times = new RunTimes();
  #outcome: RunOutcome | null = null;
  /** Where suites that run side by side tell each other what they observed. */
  #shared: string | null = null;

  constructor(options: RunRecordReporterOptions = {}) {
    this.#options = options;
    this.#startedAt = this.#now();
  }

  #now(): Date {
    return (this.#options.now ?? reporterDefaults.now)();
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
    this.#times = new RunTimes();
    this.#startedAt = this.#now();
    // Here, where the reporter's process has the environment of the workers.
    const isShared = (selectionOf(process.env).copies ?? 1) > 1;
    this.#shared = isShared ? mkdtempSync(join(tmpdir(), 'wirewrap-suites-')) : null;
    this.#plan = planOf(specifications, { baseline: this.#options.baseline ?? null, shared: this.#shared });
    this.#filter = this.#plan === null ? ownFilterOf(specifications) : this.#plan.filter;
  }

  onTestCaseResult(testCase: TestCase): void {
    const isCase = suiteOfFile(testCase.module.moduleId) !== null && this.#plan?.cases.has(testCase.name);
    if (isCase && testCase.result().state === 'failed') this.#failed.add(testCase.name);
    const report = testCase.meta().wirewrap;
    this.#times.add(testCase.meta().wirewrapTimes, report?.observations[0]?.case ?? null);
    if (report === undefined) return;
    this.#reports.push(report);
    const own = report.observations.find((item) => item.case.startsWith(OWN_CASES));
    if (own !== undefined && testCase.result().state === 'failed') this.#failed.add(own.case);
    this.#details.push(detailOf(testCase, report));
  }

  async onTestRunEnd(_modules: unknown, _errors: unknown, reason?: TestRunEndReason): Promise<void> {
    if (this.#shared !== null) await rm(this.#shared, { recursive: true, force: true });
    const first = this.#reports[0];
    if (first === undefined) return;
    const observations = this.#reports.flatMap((report) => report.observations);
    const asked = this.#plan?.cases ?? new Set(observations.map((item) => item.case));
    const fingerprints = boardFingerprints(this.#details);
    const footprint = this.#reports.find((report) => report.footprint !== undefined)?.footprint;
    const record = buildRunRecord({
      board: { ...first.board, ...(fingerprints === null ? {} : { fingerprints }) },
      capabilities: first.capabilities,
      claims: claimsOf(asked),
      observations,
      measurements: this.#reports.flatMap((report) => report.measurements),
      asked,
      run: {
        startedAt: this.#startedAt.toISOString(),
        filter: this.#filter,
        interrupted: reason === 'interrupted',
        ...this.#plan?.asked,
        ...(footprint === undefined ? {} : { harness: footprint }),
        ...(this.#options.profile === true ? { profile: this.#times.profile() } : {}),
      },
    });
    const startedAt = this.#startedAt;
    this.#outcome = await finishRun(
      { record, details: this.#details, failed: [...this.#failed], startedAt },
      this.#options,
    );
  }
}

/**
 * The reporter that `wirewrap test` and `pnpm start` use.
 *
 * @example const reporters = [createRunRecordReporter({ folder: 'results', label: 'desk' })];
 */
export function createRunRecordReporter(options: RunRecordReporterOptions = {}): RunRecordReporter {
  return new RunRecordReporter(options);
}
