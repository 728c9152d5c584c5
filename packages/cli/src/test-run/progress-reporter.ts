import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { StatusLine } from './status-line.ts';

const marks = { passed: 'ok', failed: 'FAILED', skipped: 'skipped', pending: 'skipped' } as const;

interface BoardProgress {
  readonly startedMs: number;
  /** Cases of the files that were loaded. */
  total: number;
  done: number;
  /** Files of the run, and those whose cases are known: a file is loaded when its turn comes. */
  files: number;
  loadedFiles: number;
}

/**
 * What is going on on each board. In a terminal one line that changes: board, case, done of total, time left; else
 * (CI, a pipe) one plain line for each case that ended.
 */
export class Progress {
  readonly #line: StatusLine;
  readonly #now: () => number;
  readonly #boards = new Map<string, BoardProgress>();

  constructor(line: StatusLine, now: () => number = () => performance.now()) {
    this.#line = line;
    this.#now = now;
  }

  /** The reporter of one board's run. `filtered`: what a pattern left out is not worth a line. */
  reporter(board: string, filtered = false): Reporter {
    const progress: BoardProgress = { startedMs: this.#now(), total: 0, done: 0, files: 0, loadedFiles: 0 };
    this.#boards.set(board, progress);
    return {
      onTestRunStart: (specifications: readonly unknown[]) => {
        progress.files = specifications.length;
      },
      onTestModuleCollected: (module: TestModule) => {
        progress.loadedFiles += 1;
        for (const _ of module.children.allTests()) progress.total += 1;
      },
      onTestCaseReady: (test: TestCase) => this.#line.show(this.#status(board, progress, test)),
      onTestCaseResult: (test: TestCase) => {
        progress.done += 1;
        const silent = filtered && test.result().state === 'skipped';
        if (!this.#line.live && !silent) this.#line.write(`${this.#plain(board, progress, test)}\n`);
      },
      onTestRunEnd: () => this.#line.show(''),
    };
  }

  #status(board: string, progress: BoardProgress, test: TestCase): string {
    return `${board}  ${progress.done} of ${formatTotal(progress)}${this.#left(progress)}  ${test.fullName}`;
  }

  #plain(board: string, progress: BoardProgress, test: TestCase): string {
    const { state } = test.result();
    const ms = Math.round(test.diagnostic()?.duration ?? 0);
    return `[${board}] ${progress.done}/${formatTotal(progress)} ${marks[state]} ${test.fullName} (${ms} ms)`;
  }

  #left(progress: BoardProgress): string {
    const { startedMs, done } = progress;
    if (done === 0) return '';
    const seconds = Math.ceil((((this.#now() - startedMs) / done) * (estimateTotal(progress) - done)) / 1000);
    return seconds >= 60 ? `, ${Math.ceil(seconds / 60)} min left` : `, ${seconds} s left`;
  }
}

/** `140`, or `61+` while there are files whose cases are not known yet. */
function formatTotal({ total, files, loadedFiles }: BoardProgress): string {
  return loadedFiles < files ? `${total}+` : `${total}`;
}

/** Files that were not loaded yet are taken to be as long as the others. */
function estimateTotal({ total, files, loadedFiles }: BoardProgress): number {
  return loadedFiles > 0 && files > loadedFiles ? (total / loadedFiles) * files : total;
}
