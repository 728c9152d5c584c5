import { join, relative } from 'node:path';
import type { Reporter, TestCase } from 'vitest/node';
import { CLAIMS } from '../claims/index.ts';
import { type Comparison, compareRuns } from '../compare/compare-runs.ts';
import { formatComparison } from '../compare/format-comparison.ts';
import { readBaseline } from '../compare/update-baseline.ts';
import { type CaseDetail, RUN_DETAILS_SCHEMA } from '../details/case-detail.ts';
import { detailsPathOf, writeRunDetails } from '../details/details-file.ts';
import { failureClassOf } from '../details/failure-class.ts';
import { buildRunRecord } from '../record/build-record.ts';
import { writeRunRecord } from '../record/record-file.ts';
import { formatClaimTable } from '../report/claim-table.ts';
import type { RunRecord } from '../run-record.ts';
import type { CaseReport } from '../suite/case-report.ts';
import { redReason } from '../verdict/judge-claim.ts';

export interface RunRecordReporterOptions {
  /** Where the RunRecord goes. Default `results/latest.json` in the working directory. */
  readonly output?: string;
  /** A reviewed RunRecord; any difference turns the run red. */
  readonly baseline?: string;
  /** Where the table goes. Default the process's standard output. */
  readonly stdout?: { write(text: string): unknown };
  /** Lines of the terminal; default 100 columns. */
  readonly columns?: number;
}

/** What the reporter found, for who embeds it. */
export interface RunOutcome {
  readonly record: RunRecord;
  /** Why the run is red; empty when it is green. */
  readonly red: readonly string[];
  readonly comparison: Comparison | null;
}

function detailOf(testCase: TestCase, report: CaseReport): CaseDetail {
  const result = testCase.result();
  const failed = result.state === 'failed';
  return {
    case: report.observations[0]?.case ?? testCase.name,
    test: testCase.fullName,
    file: relative(process.cwd(), testCase.module.moduleId),
    status: result.state === 'failed' ? 'failed' : result.state === 'skipped' ? 'skipped' : 'passed',
    durationMs: testCase.diagnostic()?.duration ?? 0,
    ...(failed ? { error: result.errors[0]?.message ?? '', failureClass: failureClassOf(result.errors[0]) } : {}),
    ...(result.state === 'skipped' ? { skipped: result.note ?? '' } : {}),
    handshakes: report.handshakes,
    ...(report.serialLog === '' ? {} : { serialLog: report.serialLog }),
  };
}

/** A vitest reporter that makes the RunRecord out of the cases' observations, judges the claims and prints the table. */
export class RunRecordReporter implements Reporter {
  readonly #options: RunRecordReporterOptions;
  readonly #reports: CaseReport[] = [];
  readonly #details: CaseDetail[] = [];
  #startedAt = new Date();
  #outcome: RunOutcome | null = null;

  constructor(options: RunRecordReporterOptions = {}) {
    this.#options = options;
  }

  /** Null until the run ended, and when no case was observed. */
  get outcome(): RunOutcome | null {
    return this.#outcome;
  }

  onTestRunStart(): void {
    this.#reports.length = 0;
    this.#details.length = 0;
    this.#outcome = null;
    this.#startedAt = new Date();
  }

  onTestCaseResult(testCase: TestCase): void {
    const report = testCase.meta().wirewrap;
    if (report === undefined) return;
    this.#reports.push(report);
    this.#details.push(detailOf(testCase, report));
  }

  async onTestRunEnd(): Promise<void> {
    const first = this.#reports[0];
    if (first === undefined) return;
    const record = buildRunRecord({
      board: first.board,
      capabilities: first.capabilities,
      claims: CLAIMS,
      observations: this.#reports.flatMap((report) => report.observations),
      measurements: this.#reports.flatMap((report) => report.measurements),
    });
    const output = this.#options.output ?? join('results', 'latest.json');
    await writeRunRecord(output, record);
    await writeRunDetails(detailsPathOf(output), {
      schema: RUN_DETAILS_SCHEMA,
      board: record.board,
      startedAt: this.#startedAt.toISOString(),
      cases: this.#details,
    });
    await this.#report(record, output);
  }

  async #report(record: RunRecord, output: string): Promise<void> {
    const out = this.#options.stdout ?? process.stdout;
    out.write(formatClaimTable(record, { columns: this.#options.columns }));
    const red = record.claims.map(redReason).filter((reason) => reason !== null);
    const { baseline } = this.#options;
    const comparison = baseline === undefined ? null : compareRuns(await readBaseline(baseline), record);
    if (comparison !== null) {
      out.write(`\nAgainst ${baseline}:\n${formatComparison(comparison)}`);
      if (comparison.changed) red.push(`${comparison.observations.length} observations differ from ${baseline}`);
    }
    for (const reason of red) out.write(`RED  ${reason}\n`);
    out.write(`Run record: ${relative(process.cwd(), output) || output}\n`);
    this.#outcome = { record, red, comparison };
    if (red.length > 0) process.exitCode = 1;
  }
}

/** The reporter that `wirewrap test` and `pnpm start` use. */
export function createRunRecordReporter(options: RunRecordReporterOptions = {}): RunRecordReporter {
  return new RunRecordReporter(options);
}
