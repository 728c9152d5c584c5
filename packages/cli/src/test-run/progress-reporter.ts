import { suiteOfFile } from '@wirewrap/conformance';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { StatusLine } from './status-line.ts';

const MARKS = { passed: 'ok', failed: 'FAILED', skipped: 'skipped', pending: 'skipped' } as const;

interface RunProgress {
  /** When the first test began: opening the board says nothing of how long a test takes. */
  startedMs: number | undefined;
  /** Tests of the run, where they were counted before it began; else those of the files loaded so far. */
  total: number;
  done: number;
  /** Files of the run, and those whose tests are known: a file is loaded when its turn comes. */
  files: number;
  loadedFiles: number;
}

/** Tests of a run that are known before it begins. */
export interface RunTotal {
  /** Without it the total grows with each file that is loaded. */
  readonly total?: number | undefined;
  /** Whether these are the tests of suites alone: those of other files are added when they are loaded. Default false. */
  readonly ofSuites?: boolean;
}

export interface ProgressOptions extends RunTotal {
  /** Whether tests are left out by a pattern: they are neither counted nor worth a line. */
  readonly named?: (fullName: string) => boolean;
}

/**
 * What is going on in each run. In a terminal one line that changes: run, tests done of the total, time left, test;
 * else (CI, a pipe) one plain line for each test that ended.
 */
export class ProgressReporter {
  readonly #line: StatusLine;
  readonly #now: () => number;

  constructor(line: StatusLine, now: () => number = () => performance.now()) {
    this.#line = line;
    this.#now = now;
  }

  /** The reporter of one run; `label` is the board's or `tests`. */
  reporter(label: string, { total, ofSuites = false, named = () => true }: ProgressOptions = {}): Reporter {
    const progress: RunProgress = { startedMs: undefined, total: total ?? 0, done: 0, files: 0, loadedFiles: 0 };
    return {
      onTestRunStart: (specifications: readonly unknown[]) => {
        progress.files = total === undefined ? specifications.length : 0;
      },
      onTestModuleCollected: (module: TestModule) => {
        if (total !== undefined && !(ofSuites && suiteOfFile(module.moduleId) === null)) return;
        progress.loadedFiles += 1;
        for (const test of module.children.allTests()) if (named(test.fullName)) progress.total += 1;
      },
      onTestCaseReady: (test: TestCase) => {
        progress.startedMs ??= this.#now();
        if (named(test.fullName)) this.#line.show(this.#status(label, progress, test));
      },
      onTestCaseResult: (test: TestCase) => {
        if (!named(test.fullName)) return;
        progress.done += 1;
        if (!this.#line.live) this.#line.write(`${this.#plain(label, progress, test)}\n`);
      },
      onTestRunEnd: () => this.#line.show(''),
    };
  }

  #status(label: string, progress: RunProgress, test: TestCase): string {
    return `${label}  ${progress.done} of ${formatTotal(progress)}${this.#left(progress)}  ${test.fullName}`;
  }

  #plain(label: string, progress: RunProgress, test: TestCase): string {
    const { state } = test.result();
    const ms = Math.round(test.diagnostic()?.duration ?? 0);
    return `[${label}] ${progress.done}/${formatTotal(progress)} ${MARKS[state]} ${test.fullName} (${ms} ms)`;
  }

  #left(progress: RunProgress): string {
    const { startedMs, done } = progress;
    if (done === 0 || startedMs === undefined) return '';
    const seconds = Math.ceil((((this.#now() - startedMs) / done) * (estimateTotal(progress) - done)) / 1000);
    return seconds >= 60 ? `, ${Math.ceil(seconds / 60)} min left` : `, ${seconds} s left`;
  }
}

/** `140`, or `61+` while there are files whose tests are not known yet. */
function formatTotal({ total, files, loadedFiles }: RunProgress): string {
  return loadedFiles < files ? `${total}+` : `${total}`;
}

/** Files that were not loaded yet are taken to be as long as the others. */
function estimateTotal({ total, files, loadedFiles }: RunProgress): number {
  return loadedFiles > 0 && files > loadedFiles ? (total / loadedFiles) * files : total;
}
