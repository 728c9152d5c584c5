import { Lease } from '@wirewrap/boards';
import { hostClock } from '@wirewrap/repl-driver/basics';
import { execa } from 'execa';
import { isExpectedError, sentenceOf } from '../errors.ts';
import { tellUnwritable } from '../unwritable.ts';
import { EXIT_CODES, exitCodeOfError, mayRetry } from './exit-codes.ts';
import {
  type FinishedStep,
  fingerprint,
  finishedStep,
  type NightlyState,
  readState,
  STATE_SCHEMA,
  type StepName,
  statePath,
  writeState,
} from './nightly-state.ts';
import { type Night, STEPS, type StepResult } from './nightly-steps.ts';

export interface NightlyOptions {
  /** How often a step is tried again when the board or the line failed. */
  readonly retries: number;
  readonly wait: boolean;
  /** Goes on where an interrupted run of the same board and firmware stopped. */
  readonly resume: boolean;
  /** Default: this host's. */
  readonly now?: () => Date;
}

/** These are done again when a run goes on: the lease ended with the run, and the board may have changed since. */
const NEVER_KEPT: ReadonlySet<StepName> = new Set(['lease', 'health', 'release']);
/** What is still worth doing after a failed test: its comparison and report tell what happened. */
const AFTER_FAILURE: ReadonlySet<StepName> = new Set(['compare', 'report']);

/** `wirewrap nightly`. The exit code is that of the first step that failed. */
export async function runNightly(night: Night, options: NightlyOptions): Promise<number> {
  const { now = hostClock.date } = options;
  const firmware = night.image ? fingerprint(night.image.bytes) : null;
  const kept = options.resume ? await readState(night.folder) : null;
  const first: NightlyState = {
    schema: STATE_SCHEMA,
    board: night.target.url,
    firmware,
    startedAt: now().toISOString(),
    steps: [],
  };
  const journal = new Journal(night, first, now);
  try {
    await journal.begin();
  } catch (error) {
    if (!isExpectedError(error)) throw error;
    night.context.stderr.write(`wirewrap: ${sentenceOf(error)}\n`);
    return exitCodeOfError(error);
  }
  const lease = await acquire(night, options, journal);
  if (!lease) return journal.exitCode;
  try {
    for (const [step, run] of Object.entries(STEPS) as [keyof typeof STEPS, (typeof STEPS)['health']][]) {
      if (journal.failed && !(AFTER_FAILURE.has(step) && journal.ran('test'))) continue;
      const before = NEVER_KEPT.has(step) ? undefined : finishedStep(kept, night.target.url, firmware, step);
      if (before) await journal.keep({ ...before, detail: `${before.detail} (kept from ${before.endedAt})` });
      else await attempt(step, () => run(night), night, options, journal);
      if (night.context.signal.aborted) break;
    }
  } finally {
    await lease.release();
    const interrupted = night.context.signal.aborted;
    if (!interrupted) await journal.add('release', { status: 'done', detail: 'the board is free', exitCode: 0 }, 1);
  }
  return night.context.signal.aborted ? EXIT_CODES.interrupted : journal.exitCode;
}

async function acquire(night: Night, { wait }: NightlyOptions, journal: Journal): Promise<Lease | null> {
  const { stdout, signal } = night.context;
  const onWait = (holder: string): void => void stdout.write(`  waiting for ${holder}\n`);
  try {
    const lease = await Lease.acquire(night.target, { purpose: 'wirewrap nightly', wait, signal, onWait });
    await journal.add('lease', { status: 'done', detail: night.target.url, exitCode: 0 }, 1);
    return lease;
  } catch (error) {
    await journal.add('lease', failureOf(error), 1);
    return null;
  }
}

/** Runs a step, again when the board or the line failed, and says so each time. */
async function attempt(
  step: StepName,
  run: () => Promise<StepResult>,
  night: Night,
  { retries }: NightlyOptions,
  journal: Journal,
): Promise<void> {
  const { context, target } = night;
  for (let attempts = 1; ; attempts += 1) {
    context.stdout.write(`${step}\n`);
    const result = await run().catch((error: unknown) => failureOf(error, context.signal));
    if (!mayRetry(result.exitCode) || attempts > retries || context.signal.aborted) {
      return await journal.add(step, result, attempts);
    }
    context.stdout.write(`  RETRY ${attempts} of ${retries}: ${result.detail}\n`);
    if (target.powerCycle) {
      context.stdout.write(`  power cycle: ${target.powerCycle}\n`);
      await execa(target.powerCycle, { shell: true, reject: false, timeout: 60_000, stdin: 'ignore' });
    }
  }
}

function failureOf(error: unknown, signal?: AbortSignal): StepResult {
  if (signal?.aborted) return { status: 'failed', detail: 'interrupted', exitCode: EXIT_CODES.interrupted };
  const exitCode = exitCodeOfError(error);
  return { status: 'failed', detail: isExpectedError(error) ? error.message : String(error), exitCode };
}

function finished(step: StepName, result: StepResult, attempts: number, endedAt: Date): FinishedStep {
  const { detail, exitCode } = result;
  const interrupted = exitCode === EXIT_CODES.interrupted;
  return {
    step,
    attempts,
    detail,
    exitCode,
    status: interrupted ? 'interrupted' : result.status,
    endedAt: endedAt.toISOString(),
  };
}

/** What is kept of the run: written whole after every step, so that an interrupted run can go on. */
class Journal {
  readonly #night: Night;
  #state: NightlyState;
  readonly #now: () => Date;
  #unwritable = false;

  constructor(night: Night, state: NightlyState, now: () => Date) {
    this.#night = night;
    this.#now = now;
    this.#state = state;
  }

  /** That of the first step that failed. */
  get exitCode(): number {
    return this.#firstFailed?.exitCode ?? (this.#unwritable ? EXIT_CODES.host : EXIT_CODES.good);
  }

  get failed(): boolean {
    return this.#firstFailed !== undefined;
  }

  get #firstFailed(): FinishedStep | undefined {
    return this.#state.steps.find(({ exitCode }) => exitCode !== EXIT_CODES.good);
  }

  /** Fails before the night, not after it, when the folder cannot be written. */
  async begin(): Promise<void> {
    await tellUnwritable(statePath(this.#night.folder), writeState(this.#night.folder, this.#state));
  }

  ran(step: StepName): boolean {
    return this.#state.steps.some((record) => record.step === step && record.status !== 'skipped');
  }

  /** A step that just ended. */
  async add(step: StepName, result: StepResult, attempts: number): Promise<void> {
    await this.keep(finished(step, result, attempts, this.#now()), result.verdict);
  }

  /** A step that ended, in this run or in an earlier one. */
  async keep(step: FinishedStep, verdict = this.#state.verdict): Promise<void> {
    this.#state = { ...this.#state, steps: [...this.#state.steps, step], ...(verdict ? { verdict } : {}) };
    await this.begin().catch((error: unknown) => {
      if (!isExpectedError(error)) throw error;
      // The night goes on: its results are printed, and in its exit code.
      this.#unwritable = true;
      this.#night.context.stdout.write(`  ${error.message}\n`);
    });
    const tries = step.attempts > 1 ? ` after ${step.attempts} attempts` : '';
    this.#night.context.stdout.write(`  ${step.step} ${step.status}${tries}: ${step.detail}\n`);
  }
}
