import type { Writable } from 'node:stream';
import { type CliOptions, type Reporter, startVitest, type Vitest } from 'vitest/node';
import { CliError } from '../errors.ts';
import { CountingReporter, type RunCounts } from './run-counts.ts';
import { suiteOverrides } from './suite-projects.ts';
import { tellStart } from './vitest-start.ts';

export interface VitestRun {
  readonly filters: readonly string[];
  readonly options: CliOptions;
  readonly reporters: readonly (Reporter | string | [string, unknown])[];
  /** Names of projects of the suites that are added to those of the configuration. Default none. */
  readonly suites?: readonly string[];
  readonly signal: AbortSignal;
  readonly stdout?: Writable;
  /** Milliseconds that running tests get to end by themselves after Ctrl-C. Default 900. */
  readonly graceMs?: number;
}

export interface VitestOutcome {
  readonly counts: RunCounts;
  /** 0 when everything passed. */
  readonly exitCode: number;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Vitest's logger ends the process one millisecond after a signal, before any reporter could write: not here. */
function keepSignalListeners(before: readonly (readonly NodeJS.SignalsListener[])[]): void {
  SIGNALS.forEach((name, index) => {
    for (const listener of process.listeners(name)) {
      if (!before[index]?.includes(listener)) process.off(name, listener);
    }
  });
}

function noFile(filters: readonly string[]): CliError {
  const typed = filters.map((filter) => `'${filter}'`).join(' or ');
  const remedy =
    'a filter is a part of its path; --case=NAME is for cases of the suites, and -t PATTERN for names of tests';
  return new CliError('BAD_USAGE', `There is no test file whose path has ${typed} in it: ${remedy}.`);
}

/**
 * Runs vitest in this process. Reporters are called in every ending, so what ran until Ctrl-C is recorded.
 *
 * @throws {CliError} `BAD_USAGE` when no file fits the filters.
 */
export async function runVitest(run: VitestRun): Promise<VitestOutcome> {
  const counting = new CountingReporter(run.options.testNamePattern);
  let vitest: Vitest | undefined;
  let forced: NodeJS.Timeout | undefined;
  let refuseNone = false;
  let found = true;
  const cancel = (): void => {
    if (!vitest) return;
    void vitest.cancelCurrentRun('keyboard-input');
    // A second cancel ends the workers: a test that waits for a board does not look at anything else.
    forced = setTimeout(() => void vitest?.cancelCurrentRun('keyboard-input'), run.graceMs ?? 900);
  };
  const holdOn: Reporter = {
    onInit(started) {
      vitest = started;
      keepSignalListeners(listeners);
      // A shard may be empty although a file fits.
      refuseNone = run.filters.length > 0 && !started.config.passWithNoTests && run.options.shard === undefined;
      // It lists what it looks for in every project.
      if (refuseNone) started.logger.printNoTestFound = () => {};
    },
    onTestRunStart() {
      if (run.signal.aborted) cancel();
    },
    onTestRunEnd(modules, errors) {
      found = modules.length + errors.length > 0;
    },
  };
  run.signal.addEventListener('abort', cancel, { once: true });
  const listeners = SIGNALS.map((name) => process.listeners(name));
  try {
    const reporters = [holdOn, counting, ...run.reporters] as CliOptions['reporters'];
    // `reporter` (from --reporter) would replace `reporters`: the caller has put both into one list.
    const { reporter: _reporter, ...options } = run.options as CliOptions & { reporter?: unknown };
    const started = startVitest([...run.filters], { ...options, reporters }, await suiteOverrides(run.suites), {
      ...(run.stdout ? { stdout: run.stdout } : {}),
    });
    await tellStart(started, () => vitest !== undefined);
  } finally {
    clearTimeout(forced);
    run.signal.removeEventListener('abort', cancel);
  }
  if (refuseNone && !found && !run.signal.aborted) throw noFile(run.filters);
  // Reporters and vitest itself set the process's code, e.g. when a claim is red or a project has no test file.
  const failed = counting.counts.failed + counting.counts.errors > 0 || Number(process.exitCode ?? 0) !== 0;
  return { counts: counting.counts, exitCode: failed ? 1 : 0 };
}
