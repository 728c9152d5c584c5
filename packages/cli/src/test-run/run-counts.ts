import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/** How a run ended, in numbers. */
export interface RunCounts {
  passed: number;
  failed: number;
  skipped: number;
  /** Errors outside of any test: in a module that could not be loaded, or in a hook of a suite. */
  errors: number;
  /** Tests whose names the pattern of `-t` matches; without one all of them. */
  named: number;
  interrupted: boolean;
}

export function emptyCounts(): RunCounts {
  return { passed: 0, failed: 0, skipped: 0, errors: 0, named: 0, interrupted: false };
}

/** Whether a test's full name is matched by the pattern of `-t`; without a pattern every name is. */
export function namePattern(pattern: RegExp | string | undefined): (fullName: string) => boolean {
  if (pattern === undefined) return () => true;
  const expression = new RegExp(pattern);
  // vitest matches the names of suites and test with a space in between.
  return (fullName) => expression.test(fullName.replaceAll(' > ', ' '));
}

/** Adds up what a vitest run did. */
export class CountingReporter implements Reporter {
  readonly counts: RunCounts = emptyCounts();
  readonly #named: (fullName: string) => boolean;

  constructor(pattern?: RegExp | string) {
    this.#named = namePattern(pattern);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    this.counts.errors += errors.length;
    this.counts.interrupted ||= reason === 'interrupted';
    for (const module of modules) {
      this.counts.errors += module.errors().length;
      for (const suite of module.children.allSuites()) this.counts.errors += suite.errors().length;
      for (const test of module.children.allTests()) {
        if (this.#named(test.fullName)) this.counts.named += 1;
        const { state } = test.result();
        if (state === 'passed') this.counts.passed += 1;
        else if (state === 'failed') this.counts.failed += 1;
        else this.counts.skipped += 1;
      }
    }
  }
}

/** The last line of every run: `N passed, N failed, N skipped`. Errors outside of a test count as failed. */
export function formatCounts(counts: RunCounts): string {
  return `${counts.passed} passed, ${counts.failed + counts.errors} failed, ${counts.skipped} skipped`;
}

/** The sum of two runs. */
export function addCounts(a: RunCounts, b: RunCounts): RunCounts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    errors: a.errors + b.errors,
    named: a.named + b.named,
    interrupted: a.interrupted || b.interrupted,
  };
}
