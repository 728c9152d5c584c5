import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoardSettings } from '@wirewrap/boards';
import {
  type Comparison,
  compareRuns,
  detailsPathOf,
  formatComparison,
  readBaseline,
  readRunDetails,
  readRunRecord,
  writeRunDetails,
} from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { examine, type NamedResult } from '../doctor/examine.ts';
import type { FirmwareImage } from '../flash/firmware-image.ts';
import { checkFlashed, flashBoard } from '../flash/flash-board.ts';
import { runTests } from '../test-run/run-tests.ts';
import { requireWritable, tellUnwritable } from '../unwritable.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { keepRecord } from './night-history.ts';
import { judgeNight, type NightVerdict } from './night-verdict.ts';
import type { StepName } from './nightly-state.ts';
import { testOutcome } from './test-outcome.ts';

/** What the steps work on. */
export interface Night {
  readonly context: CommandContext;
  readonly target: BoardSettings;
  readonly folder: string;
  /** Where the records of earlier nights are. */
  readonly history: string;
  /** How many nights are kept there. */
  readonly keep: number;
  readonly image: FirmwareImage | null;
  readonly erase: boolean;
  readonly baseline: string | undefined;
  /** Further words for vitest: filters and options. */
  readonly rest: readonly string[];
}

export interface StepResult {
  readonly status: 'done' | 'skipped' | 'failed';
  readonly detail: string;
  readonly exitCode: number;
  /** What the night found; of the step that reports. */
  readonly verdict?: NightVerdict;
}

const done = (detail: string): StepResult => ({ status: 'done', detail, exitCode: EXIT_CODES.good });
const skipped = (detail: string): StepResult => ({ status: 'skipped', detail, exitCode: EXIT_CODES.good });

export function recordOf({ folder }: Night): string {
  return join(folder, 'run.json');
}

/** Checks of the doctor whose failure is this host's or the firmware's, not the board's or the line's. */
const HOST_CHECKS: ReadonlySet<string> = new Set(['board to host']);
const FIRMWARE_CHECKS: ReadonlySet<string> = new Set(['ssl', 'heap']);

async function health({ target, context }: Night): Promise<StepResult> {
  const findings = await examine(target, context.signal, ({ name, verdict, detail }) => {
    if (verdict !== 'skipped')
      context.stdout.write(`  ${name}: ${verdict === 'good' ? '' : `${verdict}: `}${detail}\n`);
  });
  const worst = findings.find(({ verdict }) => verdict === 'bad');
  if (!worst) return done(`${findings.length} checks, nothing bad`);
  return {
    status: 'failed',
    detail: `${worst.name}: ${worst.detail}; ${worst.remedy}`,
    exitCode: healthExitCode(worst),
  };
}

function healthExitCode({ name }: NamedResult): number {
  if (HOST_CHECKS.has(name)) return EXIT_CODES.host;
  return FIRMWARE_CHECKS.has(name) ? EXIT_CODES.firmware : EXIT_CODES.board;
}

async function flash({ target, context, image, erase }: Night): Promise<StepResult> {
  if (!image) return skipped('no --firmware');
  const { signal, env, stdout } = context;
  const onTool = (tool: string): void => void stdout.write(`  writing with ${tool}\n`);
  await flashBoard(target, image, { erase, signal, env, onTool, onProgress: () => {} });
  return done(`the board runs ${await checkFlashed(target, image, signal)}`);
}

async function test(night: Night): Promise<StepResult> {
  const { context, target, rest } = night;
  // The comparison with the baseline is a step of its own.
  const values = { ...context.values, board: [target.url], baseline: undefined };
  const inner: CommandContext = { ...context, values, rest: [...rest] };
  await rm(recordOf(night), { force: true });
  const exitCode = await runTests(inner, { leased: true, boards: [target], output: recordOf(night) });
  if (exitCode === EXIT_CODES.interrupted) throw context.signal.reason;
  const { detail, exitCode: outcome } = testOutcome({
    record: existsSync(recordOf(night)) ? await readRunRecord(recordOf(night)) : null,
    details: await readRunDetails(detailsPathOf(recordOf(night))),
    passed: exitCode === EXIT_CODES.good,
  });
  return { status: outcome === EXIT_CODES.good ? 'done' : 'failed', detail, exitCode: outcome };
}

async function compare(night: Night): Promise<StepResult> {
  if (!night.baseline) return skipped('no --baseline');
  if (!existsSync(recordOf(night))) return skipped('no case was observed');
  const comparison = compareRuns(await readBaseline(night.baseline), await readRunRecord(recordOf(night)));
  night.context.stdout.write(formatComparison(comparison));
  await keepComparison(night, night.baseline, comparison);
  if (!comparison.changed) return done(`${comparison.same} observations as in the baseline`);
  const detail = `${comparison.observations.length} observations differ from ${night.baseline}`;
  return { status: 'failed', detail, exitCode: EXIT_CODES.firmware };
}

/** Into the details, so that every page made of this record knows of it. */
async function keepComparison(night: Night, path: string, comparison: Comparison): Promise<void> {
  const file = detailsPathOf(recordOf(night));
  const details = await readRunDetails(file);
  if (details !== null) await writeRunDetails(file, { ...details, baseline: { path, comparison } });
}

async function report(night: Night): Promise<StepResult> {
  if (!existsSync(recordOf(night))) return skipped('no case was observed');
  const { writeReport } = await import('../report/write-report.ts');
  const { history, baseline } = night;
  await requireWritable(join(history, 'a record'));
  const verdict = await judgeNight(recordOf(night), baseline, history);
  const values = { out: join(night.folder, 'report.html'), junit: join(night.folder, 'junit.xml'), history, baseline };
  await writeReport({ ...night.context, values, positionals: [recordOf(night)] });
  // After the page, which plots this night against the earlier ones.
  await tellUnwritable(history, keepRecord(recordOf(night), history, night.keep));
  return { ...done(values.out), verdict };
}

/** The steps between lease and release, in order. */
export const STEPS: Readonly<Record<Exclude<StepName, 'lease' | 'release'>, (night: Night) => Promise<StepResult>>> = {
  health,
  flash,
  test,
  compare,
  report,
};
