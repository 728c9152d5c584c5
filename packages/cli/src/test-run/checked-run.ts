import type { BoardSettings } from '@wirewrap/boards';
import type { CaseSelection } from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { CliError } from '../errors.ts';
import type { AskedTests } from './asked-tests.ts';
import type { CheckedBoard } from './check-board.ts';
import type { ProjectChoice } from './project-choice.ts';
import { formatCounts, type RunCounts } from './run-counts.ts';
import { writeRunPage } from './run-page.ts';
import { formatRunSummary } from './run-summary.ts';
import type { StatusLine } from './status-line.ts';
import type { VitestArguments } from './vitest-arguments.ts';

/** What `wirewrap test` knows of a run once its boards were checked. */
export interface CheckedRun {
  readonly context: CommandContext;
  readonly boards: readonly BoardSettings[];
  /** Those of `boards` that were started and asked before the run. */
  readonly checked: readonly CheckedBoard[];
  readonly cases: CaseSelection;
  readonly asked: AskedTests;
  readonly projects: ProjectChoice;
  readonly options: VitestArguments['options'];
  readonly baseline: string | undefined;
  /** Where the record goes; undefined for `results/`. */
  readonly output: string | undefined;
  readonly line: StatusLine;
  /** What is disposed of at the end of the run. */
  readonly stack: AsyncDisposableStack;
}

/** What a person reads goes beside what a program reads, which is alone on the standard output. */
export function personOutput({ values, stdout, stderr }: CommandContext): CommandContext['stdout'] {
  return values.json ? stderr : stdout;
}

/** Page, counts and summary at the end of a run. Gives the error of a page that could not be written; the caller throws it. */
export async function tellEnd(
  { context, output }: Pick<CheckedRun, 'context' | 'output'>,
  records: readonly string[],
  counts: RunCounts,
): Promise<CliError | null> {
  const out = personOutput(context);
  // Who named the record's file makes the page, too.
  const page = records.length > 0 && output === undefined ? await writeRunPage(records) : null;
  if (typeof page === 'string') out.write(`Page: ${page}\n`);
  out.write(`\n${formatCounts(counts)}\n`);
  if (context.values.json) context.stdout.write(await formatRunSummary(records));
  return page instanceof CliError ? page : null;
}
