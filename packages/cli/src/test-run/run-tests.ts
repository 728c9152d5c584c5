import { join } from 'node:path';
import type { BoardSettings } from '@wirewrap/boards';
import { readBaseline } from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { resolveBoards } from '../config/board-target.ts';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { requireWritable } from '../unwritable.ts';
import { askedTests, withPattern } from './asked-tests.ts';
import { copiesFor } from './board-copies.ts';
import { caseSelection } from './case-flags.ts';
import { picksCases } from './case-options.ts';
import { checkBoards } from './check-boards.ts';
import { personOutput } from './checked-run.ts';
import { formatCaseList } from './list-cases.ts';
import { chooseProjects } from './project-choice.ts';
import { runEachBoard } from './run-each-board.ts';
import { runShared } from './run-shared.ts';
import { requireSplit } from './split-boards.ts';
import { canErase, StatusLine } from './status-line.ts';
import { parseVitestArguments } from './vitest-arguments.ts';

export interface RunTestsOptions {
  /** The caller holds the leases of the boards. */
  readonly leased?: boolean;
  /** The boards, where the caller has resolved them. */
  readonly boards?: readonly BoardSettings[];
  /** Where the record of the (only) board goes. Default `results/latest.json`. */
  readonly output?: string;
}

/** `wirewrap test`: checks the boards, runs vitest on them, prints how many passed. */
export async function runTests(
  context: CommandContext,
  { leased = false, output, boards: given }: RunTestsOptions = {},
): Promise<number> {
  const { values, rest } = context;
  const typed = parseVitestArguments(rest);
  const { filters, options } = typed;
  const split = values.split === true;
  refuseJsonAlone(context);
  const projects = chooseProjects(context, options.project, filters.length > 0);
  if (!values.list && !projects.asksSuites) refuseIdle(context);
  const boards = given ?? (await boardsOf(context, projects.needsBoard && !values.list));
  const labels = boards.map(({ label }) => label);
  const selected = await caseSelection(context, labels);
  // Beside other tests the selection would be theirs, too: it is in the environment.
  const alone = projects.boardOnly && !split && filters.length === 0;
  const copies = alone ? copiesFor(boards, selected, { values, options }) : 1;
  const cases = copies === 1 ? selected : { ...selected, copies };
  if (values.list) {
    context.stdout.write(formatCaseList(withPattern(cases, options.testNamePattern), values.json === true));
    return 0;
  }
  if (split) requireSplit(context, typed, boards);
  const baseline = values.baseline as string | undefined;
  // Read now, so that a wrong word is found before the run and not after half an hour of it.
  if (baseline !== undefined) await readBaseline(baseline);
  await requireWritable(output ?? join(resultsFolder, 'latest.json'));
  const asked = askedTests(cases, options, projects, filters, picksCases(context));
  const line = statusLineOf(context, options);
  await using stack = new AsyncDisposableStack();
  // A virtual board of a run that is split is started by the process that asks it.
  const ours = split ? boards.filter(({ scheme }) => scheme !== 'virtual') : boards;
  const checked = projects.needsBoard ? await checkBoards(ours, { context, line, stack, leased }) : [];
  if (cases.shuffle !== undefined && projects.asksSuites) {
    line.write(`The cases run in the order of seed ${cases.shuffle}; --shuffle=${cases.shuffle} repeats it.\n`);
  }
  const run = { context, boards, checked, cases, asked, projects, options, baseline, output, line, stack };
  return await (split ? runShared(run) : runEachBoard(run));
}

function refuseJsonAlone({ values }: CommandContext): void {
  if (!values.json || values.list || values.profile) return;
  const remedy = 'the record that a run leaves is JSON, and --reporter=json is what vitest prints of it';
  throw new CliError('BAD_USAGE', `--json goes with --list or --profile: ${remedy}.`);
}

/** What only the suites know, and vitest's own word for it. */
const OF_SUITES = {
  shuffle: '--sequence.shuffle',
  count: 'repeats of a test',
  'until-fail': 'repeats of a test',
} as const;

/** An option that would change nothing is refused: who repeats a test to see whether it is flaky would believe the one run. */
function refuseIdle({ values }: CommandContext): void {
  for (const [name, ofVitest] of Object.entries(OF_SUITES)) {
    if (values[name] === undefined) continue;
    const remedy = `add --suites, or use vitest's ${ofVitest} for tests of one's own`;
    throw new CliError('BAD_USAGE', `--${name} is for the suites, and this run asks none: ${remedy}.`);
  }
}

/** A reporter that was asked for draws as it likes: no line of ours below it. */
function statusLineOf(context: CommandContext, options: object): StatusLine {
  const out = personOutput(context);
  const askedReporter = (options as { reporter?: unknown }).reporter !== undefined;
  return new StatusLine(out, { live: canErase(out, context.env) && !askedReporter });
}

/** A board is looked for only where one is certain to be used: it is leased and checked then. Files need the virtual one. */
function boardsOf({ values, env, stderr }: CommandContext, needsBoard: boolean): Promise<BoardSettings[]> {
  const twins = values.split === true;
  if (!needsBoard) return resolveBoards(values, { ...env, WIREWRAP_BOARD: env.WIREWRAP_BOARD || 'virtual' }, { twins });
  return resolveBoards(values, env, {
    twins,
    onFound: (reason) => stderr.write(`${reason}\n`),
  });
}
