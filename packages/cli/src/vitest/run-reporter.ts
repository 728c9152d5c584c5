import { join, relative } from 'node:path';
import { createRunRecordReporter, type RunRecordReporter } from '@wirewrap/conformance';
import type { Reporter, TestCase } from 'vitest/node';
import { resultsFolder } from '../repository.ts';

export interface RunReporterOptions {
  /** Folder of record and page. Default `results` in the project, or `WIREWRAP_RESULTS`. */
  readonly results?: string;
  /** Whether the page `report.html` is written. Default true. */
  readonly page?: boolean;
  /** A reviewed run record to compare with. */
  readonly baseline?: string;
}

/** The run record of a plain `vitest` run, and its page. */
export class RunReporter implements Reporter {
  readonly #record: RunRecordReporter;
  readonly #page: string | null;

  constructor({ results = resultsFolder, page = true, baseline }: RunReporterOptions = {}) {
    this.#record = createRunRecordReporter({
      output: join(results, 'latest.json'),
      ...(baseline === undefined ? {} : { baseline }),
    });
    this.#page = page ? join(results, 'report.html') : null;
  }

  onTestRunStart(...run: Parameters<RunRecordReporter['onTestRunStart']>): void {
    this.#record.onTestRunStart(...run);
  }

  onTestCaseResult(testCase: TestCase): void {
    this.#record.onTestCaseResult(testCase);
  }

  async onTestRunEnd(...end: Parameters<RunRecordReporter['onTestRunEnd']>): Promise<void> {
    await this.#record.onTestRunEnd(...end);
    const { outcome } = this.#record;
    if (outcome === null || this.#page === null) return;
    const { loadRun, writeHtmlReport } = await import('../report/index.ts');
    await writeHtmlReport({ runs: [await loadRun(outcome.path)], out: this.#page });
    process.stdout.write(`Page: ${relative(process.cwd(), this.#page) || this.#page}\n`);
  }
}
