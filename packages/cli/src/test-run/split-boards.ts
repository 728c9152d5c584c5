import { type BoardSettings, fileNameOf } from '@wirewrap/boards';
import {
  type CaseDetail,
  type CaseSelection,
  finishRun,
  type RunRecord,
  redReason,
  runSplit,
  selectCases,
} from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { asUnwritable } from '../unwritable.ts';
import { emptyCounts, type RunCounts } from './run-counts.ts';
import { SplitProgress } from './split-progress.ts';
import type { StatusLine } from './status-line.ts';
import type { VitestArguments } from './vitest-arguments.ts';

/** Options of vitest that say something without it, too. */
const KNOWN = ['run', 'testNamePattern', '--'];

/** A run without a test runner: what only one could do is refused, and so is one board. */
export function requireSplit(
  { values }: Pick<CommandContext, 'values'>,
  { filters, options }: VitestArguments,
  boards: readonly BoardSettings[],
): void {
  const refuse = (what: string): never => {
    throw new CliError('BAD_USAGE', what);
  };
  if (boards.length < 2) refuse('--split shares the cases among several boards: name two or more with --board.');
  const [typed] = [
    ...Object.keys(options)
      .filter((name) => !KNOWN.includes(name))
      .map((name) => `--${name}`),
    ...filters,
    ...(values.serial === true ? ['--serial'] : []),
  ];
  if (typed !== undefined) {
    refuse(
      `--split asks the suites without vitest, and ${typed} is not for it; choose cases with --suite, --case or -t.`,
    );
  }
}

/** What a run over several boards is given. */
export interface SplitSettings {
  readonly boards: readonly BoardSettings[];
  readonly selection: CaseSelection;
  readonly baseline: string | undefined;
  readonly output: string | undefined;
  readonly verbose: boolean;
  readonly profile: boolean;
  readonly line: StatusLine;
  readonly signal: AbortSignal;
}

/** How it ended. */
export interface SplitOutcome {
  readonly counts: RunCounts;
  readonly exitCode: number;
  /** Path of the record. */
  readonly record: string;
}

/** Asks the cases on all boards, shows what goes on, and leaves one record. */
export async function splitBoards(settings: SplitSettings, startedAt: Date = new Date()): Promise<SplitOutcome> {
  const { boards, selection, baseline, output, line, signal, profile } = settings;
  const progress = new SplitProgress(line, boards.length, selectCases(selection).length);
  const { record, details } = await runSplit({
    ...{ boards, selection, startedAt, profile, signal },
    ...(baseline === undefined ? {} : { baseline }),
    onAsked: (board, id) => progress.asked(board, id),
    onAnswer: (board, detail) => progress.answered(board, detail),
    onGone: (board, reason) => line.write(`${board} is gone, the others take its cases: ${reason}\n`),
  });
  line.show('');
  const failed = details.filter(({ status }) => status === 'failed');
  for (const { case: id, failureClass, error } of failed) line.write(`FAILED ${id} (${failureClass}): ${error}\n`);
  const label = boards.map((board) => fileNameOf(board.label)).join('+');
  try {
    const outcome = await finishRun(
      { record, details, failed: failed.map((detail) => detail.case), startedAt },
      {
        ...{ folder: resultsFolder, label, profile, verbose: settings.verbose },
        ...(output === undefined ? {} : { output }),
        ...(baseline === undefined ? {} : { baseline }),
        ...(process.stdout.columns ? { columns: process.stdout.columns } : {}),
        colours: line.live && process.env.NO_COLOR === undefined,
        stdout: { write: (text) => line.write(text) },
      },
    );
    return { counts: countsOf(record, details), exitCode: outcome.red ? 1 : 0, record: outcome.path };
  } catch (error) {
    throw asUnwritable(output ?? resultsFolder, error) ?? error;
  }
}

/** Cases and claims, as the tests of a run on one board count. */
function countsOf({ claims, run }: RunRecord, details: readonly CaseDetail[]): RunCounts {
  const cases = (status: CaseDetail['status']): number => details.filter((detail) => detail.status === status).length;
  const judged = claims.filter(({ because }) => because !== 'not-asked');
  const red = judged.filter((claim) => redReason(claim) !== null).length;
  const left = judged.filter(({ because }) => because !== undefined).length;
  return {
    ...emptyCounts(),
    passed: cases('passed') + judged.length - red - left,
    failed: cases('failed') + red,
    skipped: cases('skipped') + left,
    interrupted: run?.interrupted === true,
  };
}
