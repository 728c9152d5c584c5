import { join } from 'node:path';
import { type BoardSettings, fileNameOf, type PrepareOptions, prepareBoard } from '@wirewrap/boards';
import { readBaseline } from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { resolveBoards } from '../config/board-target.ts';
import { CliError } from '../errors.ts';
import { isOwnProject, resultsFolder, workspaceRoot } from '../repository.ts';
import { requireWritable } from '../unwritable.ts';
import { askedTests, selectProjects, withPattern } from './asked-tests.ts';
import { type BoardRun, boardProjects, runBoards } from './board-runs.ts';
import { caseSelection, selectionEnvironment } from './case-flags.ts';
import { picksCases } from './case-options.ts';
import { type CheckedBoard, checkBoard } from './check-board.ts';
import { countTests } from './count-tests.ts';
import { formatCaseList } from './list-cases.ts';
import { Progress } from './progress-reporter.ts';
import { addCounts, emptyCounts, formatCounts, namePattern } from './run-counts.ts';
import { writeRunPage } from './run-page.ts';
import { SerialTail } from './serial-tail.ts';
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
  { leased, output, boards: given }: RunTestsOptions = {},
): Promise<number> {
  const { filters, options } = parseVitestArguments(context.rest);
  const selection = selectProjects(context, options.project, filters.length > 0);
  const needsBoard = selection.needsBoard && !context.values.list;
  const boards = given ?? (await boardsOf(context, needsBoard));
  if (picksCases(context) && isOwnProject) {
    throw new CliError(
      'BAD_USAGE',
      'Cases are picked from the suites, and this project has none; leave the option out.',
    );
  }
  const cases = await caseSelection(
    context,
    boards.map(({ label }) => label),
  );
  if (context.values.list) {
    context.stdout.write(formatCaseList(withPattern(cases, options.testNamePattern), context.values.json === true));
    return 0;
  }
  const baseline = context.values.baseline as string | undefined;
  // Read now, so that a wrong word is told before the run and not after half an hour of it.
  if (baseline !== undefined) await readBaseline(baseline);
  await requireWritable(output ?? join(resultsFolder, 'latest.json'));
  const asked = askedTests(cases, options, selection, filters, picksCases(context));
  // A reporter that was asked for draws as it likes: no line of ours below it.
  const askedReporter = (options as { reporter?: unknown }).reporter !== undefined;
  const line = new StatusLine(context.stdout, { live: canErase(context.stdout, context.env) && !askedReporter });
  const checked: CheckedBoard[] = [];
  await using stack = new AsyncDisposableStack();
  if (selection.needsBoard) {
    const tell = (text: string): void => (line.live ? line.show(text) : line.write(`${text}\n`));
    const prepare = async (board: BoardSettings) => {
      const onProgress = (message: string): void => tell(`${board.label}: ${message}`);
      const lease = leased ? undefined : leaseOf(board, context, line);
      return stack.use(await prepareBoard(board, { signal: context.signal, onProgress, lease }));
    };
    const prepared = await Promise.all(boards.map(prepare));
    // In a terminal one after the other: a board may have a question.
    if (process.stdin.isTTY) for (const board of prepared) checked.push(await checkBoard(board, context, tell));
    else checked.push(...(await Promise.all(prepared.map((board) => checkBoard(board, context, tell)))));
    line.show('');
    for (const { description } of checked) line.write(`${description}\n`);
  }
  const progress = new Progress(line);
  const projects = boardProjects(boards.map(({ label }) => label));
  // The reporter, which is in this process, makes the same plan of the run as the workers.
  Object.assign(process.env, selectionEnvironment(asked.cases));
  const vitestOptions = { ...options, testNamePattern: asked.pattern, root: options.root ?? workspaceRoot };
  const named = namePattern(asked.pattern);
  const projectsOf = (board: string): string[] | undefined =>
    selection.projects?.map((name) => (name === 'board' ? board : name));
  const totals = line.live ? await countRuns(projects.map(projectsOf)) : [];
  const runs = boards.map((board, index): BoardRun => {
    const { label } = board;
    let settings = checked[index]?.settings ?? board;
    if (context.values.serial) {
      const tail = new SerialTail(fileNameOf(label), (text) => line.write(`[${label}] | ${text}\n`));
      settings = { ...settings, serialLog: stack.use(tail).path };
    }
    return {
      label,
      settings,
      project: projectsOf(projects[index] ?? label),
      // Where there is no terminal, the lines of a run with thousands of unit tests are vitest's, one a file.
      live:
        line.live || selection.boardOnly
          ? [progress.reporter(selection.boardOnly ? label : 'tests', { total: totals[index], named })]
          : [],
    };
  });
  const outcomes = await runBoards(runs, {
    filters: asked.filters,
    startedAt: new Date(),
    options: vitestOptions,
    baseline,
    output,
    verbose: context.values.verbose === true,
    line,
    signal: context.signal,
  });
  const counts = outcomes.map((outcome) => outcome.counts).reduce(addCounts, emptyCounts());
  const records = outcomes.map(({ record }) => record).filter((record) => record !== null);
  // Who named the record's file makes the page, too.
  const page = records.length > 0 && output === undefined ? await writeRunPage(records) : null;
  if (typeof page === 'string') context.stdout.write(`Page: ${page}\n`);
  context.stdout.write(`\n${formatCounts(counts)}\n`);
  if (counts.interrupted || context.signal.aborted) return 130;
  const unrecorded = outcomes.map((outcome) => outcome.unrecorded).find((failure) => failure !== null);
  if (unrecorded) throw unrecorded;
  if (page instanceof CliError) throw page;
  if (asked.pattern !== undefined && counts.named === 0 && counts.errors === 0) {
    throw new CliError('BAD_USAGE', `No test has a name that -t ${options.testNamePattern} matches: nothing was run.`);
  }
  return outcomes.some((outcome) => outcome.exitCode !== 0) ? 1 : 0;

  /** The tests of each board's run, counted together: the files are loaded once. */
  async function countRuns(runs: readonly (readonly string[] | undefined)[]): Promise<number[]> {
    line.show('counting the tests');
    const projects = runs.some((names) => names === undefined) ? undefined : [...new Set(runs.flat() as string[])];
    const counted = await countTests(
      asked.filters,
      { ...vitestOptions, ...(projects ? { project: projects } : {}) },
      context.signal,
    );
    line.show('');
    return runs.map((names) => {
      const own = names ?? [...counted.keys()];
      return own.reduce((sum, name) => sum + (counted.get(name) ?? 0), 0);
    });
  }
}

/** A board is looked for only where one is certain to be used: it is leased and checked then. Files need the virtual one. */
function boardsOf({ values, env, stderr }: CommandContext, needsBoard: boolean): Promise<BoardSettings[]> {
  if (!needsBoard) return resolveBoards(values, { ...env, WIREWRAP_BOARD: env.WIREWRAP_BOARD || 'virtual' });
  return resolveBoards(values, env, { onFound: (reason) => stderr.write(`${reason}\n`) });
}

function leaseOf({ label }: BoardSettings, { values }: CommandContext, line: StatusLine): PrepareOptions['lease'] {
  const onWait = (holder: string): void => line.write(`${label}: waiting for ${holder}\n`);
  return { purpose: 'wirewrap test', wait: values.wait === true, onWait };
}
