import { resolve } from 'node:path';
import { type BoardSettings, fileNameOf } from '@wirewrap/boards';
import { hostClock } from '@wirewrap/repl-driver/basics';
import type { Reporter, TestCase, TestProject, TestSpecification, Vitest } from 'vitest/node';
import { CliError, isExpectedError, sentenceOf } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { createRecorder, type RunRecorder } from '../test-run/recorder.ts';
import { writeRunPage } from '../test-run/run-page.ts';
import type { StatusLine } from '../test-run/status-line.ts';
import { BoardLeases } from './board-leases.ts';

export interface RunReporterOptions {
  /** Folder of records and page. Default `results` in the project, or `WIREWRAP_RESULTS`. */
  readonly results?: string;
  /** Whether the page `report.html` is written. Default true. */
  readonly page?: boolean;
  /** A reviewed run record to compare with. */
  readonly baseline?: string;
}

/** Leases the boards of a plain `vitest` run, and leaves a record for each of them and one page. */
export class RunReporter implements Reporter {
  readonly #options: RunReporterOptions;
  readonly #folder: string;
  readonly #line: StatusLine;
  readonly #leases = new BoardLeases();
  /** By the board's label. */
  readonly #recorders = new Map<string, RunRecorder>();
  #vitest: Vitest | undefined;

  constructor({ line, ...options }: RunReporterOptions & { readonly line: StatusLine }) {
    this.#options = options;
    this.#folder = resolve(options.results ?? resultsFolder);
    this.#line = line;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    vitest.onClose(() => this.#leases[Symbol.asyncDispose]());
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    const ofBoards = Map.groupBy(specifications, ({ project }) => boardOf(project)?.label ?? '');
    ofBoards.delete('');
    const boards = [...ofBoards.values()].flatMap(([first]) => (first && boardOf(first.project)) ?? []);
    await this.#take(boards);
    const startedAt = hostClock.date();
    this.#recorders.clear();
    for (const { label } of boards) {
      const recorder = await this.#recorder(label, startedAt);
      this.#recorders.set(label, recorder);
      recorder.reporter.onTestRunStart?.(ofBoards.get(label) ?? []);
    }
  }

  onTestCaseResult(test: TestCase): void {
    const label = boardOf(test.project)?.label ?? '';
    this.#recorders.get(label)?.reporter.onTestCaseResult?.(test);
  }

  async onTestRunEnd(...[modules, errors, reason]: Parameters<Required<Reporter>['onTestRunEnd']>): Promise<void> {
    for (const { reporter } of this.#recorders.values()) await reporter.onTestRunEnd?.(modules, errors, reason);
    const recorders = [...this.#recorders.values()];
    const records = recorders.map((recorder) => recorder.path()).filter((path) => path !== null);
    const page = records.length > 0 && this.#options.page !== false ? await writeRunPage(records, this.#folder) : null;
    if (typeof page === 'string') this.#line.write(`Page: ${page}\n`);
    const failures = [...recorders.map((recorder) => recorder.failure()), page];
    for (const failure of failures) if (failure instanceof CliError) tell(failure);
  }

  /** A board that somebody else uses ends the run with one sentence, before any test. */
  async #take(boards: readonly BoardSettings[]): Promise<void> {
    try {
      await this.#leases.take(boards);
    } catch (error) {
      if (!isExpectedError(error)) throw error;
      tell(error);
      await this.#vitest?.exit(true);
    }
  }

  #recorder(label: string, startedAt: Date): Promise<RunRecorder> {
    return createRecorder({
      label: fileNameOf(label),
      folder: this.#folder,
      output: undefined,
      startedAt,
      baseline: this.#options.baseline,
      columns: process.stdout.columns,
      verbose: false,
      colours: this.#line.live && process.env.NO_COLOR === undefined,
      write: (text) => this.#line.write(text),
    });
  }
}

function boardOf(project: TestProject): BoardSettings | undefined {
  return project.getProvidedContext().wirewrapBoardSettings;
}

function tell(error: Error): void {
  process.exitCode = 2;
  process.stderr.write(`wirewrap: ${sentenceOf(error)}\n`);
}
