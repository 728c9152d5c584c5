import { fileNameOf } from '@wirewrap/boards';
import { planRun, suiteOfFile } from '@wirewrap/conformance';
import { hostClock } from '@wirewrap/repl-driver/basics';
import type { CliOptions } from 'vitest/node';
import { CliError } from '../errors.ts';
import { workspaceRoot } from '../repository.ts';
import { type BoardShare, nameProjects, runBoards, type ShareOutcome } from './board-runs.ts';
import { selectionEnvironment } from './case-flags.ts';
import { type CheckedRun, tellEnd } from './checked-run.ts';
import { markCommandRun } from './command-run.ts';
import { countTests } from './count-tests.ts';
import { orderHint } from './order-hint.ts';
import { ProgressReporter, type RunTotal } from './progress-reporter.ts';
import { suitesProject } from './project-choice.ts';
import { addCounts, emptyCounts, namePattern } from './run-counts.ts';
import { SerialTail } from './serial-tail.ts';

/** A run of vitest for each board. The exit code. */
export async function runEachBoard(run: CheckedRun): Promise<number> {
  const { context, asked, baseline, output, line } = run;
  markCommandRun();
  // The reporter, which is in this process, makes the same plan of the run as the workers.
  Object.assign(process.env, selectionEnvironment(asked.cases));
  const options = vitestOptionsOf(run);
  const outcomes = await runBoards(await sharesOf(run, options), {
    filters: asked.filters,
    startedAt: hostClock.date(),
    options,
    baseline,
    output,
    verbose: context.values.verbose === true,
    profile: context.values.profile === true,
    line,
    signal: context.signal,
  });
  const counts = outcomes.map((outcome) => outcome.counts).reduce(addCounts, emptyCounts());
  const records = outcomes.map(({ record }) => record).filter((record) => record !== null);
  await tellOrder(run, outcomes);
  const unwritten = await tellEnd(run, records, counts);
  if (counts.interrupted || context.signal.aborted) return 130;
  const failure = outcomes.map((outcome) => outcome.unrecorded).find((each) => each !== null) ?? unwritten;
  if (failure) throw failure;
  if (asked.pattern !== undefined && counts.named === 0 && counts.errors === 0) {
    const pattern = run.options.testNamePattern;
    throw new CliError('BAD_USAGE', `No test has a name that -t ${pattern} matches: nothing was run.`);
  }
  return outcomes.some((outcome) => outcome.exitCode !== 0) ? 1 : 0;
}

/** Of a run in the order of a seed: the command that finds what a case depends on. */
async function tellOrder(
  { context, boards, cases, baseline, line }: CheckedRun,
  outcomes: readonly ShareOutcome[],
): Promise<void> {
  const { shuffle: seed } = cases;
  const typed = [context.values.board ?? []].flat();
  for (const [index, { record }] of outcomes.entries()) {
    const board = boards[index];
    if (seed === undefined || record === null || board === undefined) continue;
    // A tag names several.
    const named = typed.length === boards.length ? String(typed[index]) : board.url;
    const hint = await orderHint({ record, seed, board: named, baseline }, context.values);
    if (hint !== null) line.write(hint);
  }
}

function vitestOptionsOf({ asked, cases, options }: CheckedRun): CliOptions {
  // Each board's run names its projects.
  const { project: _project, ...others } = options;
  const bail = cases.untilFail === true ? { bail: 1 } : {};
  return { ...bail, ...others, testNamePattern: asked.pattern, root: options.root ?? workspaceRoot };
}

/** What vitest runs on each board, and what shows how far it is. */
async function sharesOf(run: CheckedRun, options: CliOptions): Promise<BoardShare[]> {
  const { boards, projects: choice, asked, line } = run;
  const projects = nameProjects(boards.map(({ label }) => label));
  const suites = choice.addsSuites ? projects : [];
  const projectsOf = (board: string): string[] | undefined =>
    choice.projects?.map((name) => (name === suitesProject ? board : name));
  const totals = line.live ? await countRuns(run, options, suites, projects.map(projectsOf)) : [];
  const progress = new ProgressReporter(line);
  const named = namePattern(asked.pattern);
  // Where there is no terminal, the lines of a run with thousands of unit tests are vitest's, one a file.
  const shows = line.live || choice.boardOnly;
  return boards.map((board, index) => {
    const { label } = board;
    return {
      label,
      // Each copy of a virtual board is started by the worker that asks it.
      settings: (run.cases.copies ?? 1) > 1 ? board : settingsOf(run, index),
      project: projectsOf(projects[index] ?? label),
      suites: suites.slice(index, index + 1),
      live: shows ? [progress.reporter(choice.boardOnly ? label : 'tests', { ...totals[index], named })] : [],
    };
  });
}

function settingsOf({ context, boards, checked, line, stack }: CheckedRun, index: number): BoardShare['settings'] {
  const board = boards[index] as BoardShare['settings'];
  const settings = checked[index]?.settings ?? board;
  if (!context.values.serial) return settings;
  const tail = new SerialTail(fileNameOf(board.label), (text) => line.write(`[${board.label}] | ${text}\n`));
  return { ...settings, serialLog: stack.use(tail).path };
}

/** The tests of each board's run. Those of suites alone are known; others are counted together: the files are loaded once. */
async function countRuns(
  { context, asked, projects: choice, baseline, line }: CheckedRun,
  options: CliOptions,
  suites: readonly string[],
  runs: readonly (readonly string[] | undefined)[],
): Promise<RunTotal[]> {
  const files = asked.filters.map((filter) => `/${filter}`);
  if (choice.boardOnly && asked.pattern === undefined && files.every((file) => suiteOfFile(file) !== null)) {
    const plan = { selection: asked.cases, baseline: baseline !== undefined, ...(files.length > 0 ? { files } : {}) };
    return runs.map(() => ({ total: planRun(plan).tests, ofSuites: true }));
  }
  line.show('counting the tests');
  const projects = runs.some((names) => names === undefined) ? undefined : [...new Set(runs.flat() as string[])];
  const counted = await countTests(
    asked.filters,
    { ...options, ...(projects ? { project: projects } : {}) },
    { suites, signal: context.signal },
  );
  line.show('');
  return runs.map((names) => {
    const own = names ?? [...counted.keys()];
    return { total: own.reduce((sum, name) => sum + (counted.get(name) ?? 0), 0) };
  });
}
