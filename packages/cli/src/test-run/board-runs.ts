import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type BoardSettings, fileNameOf } from '@wirewrap/boards';
import type { CliOptions, Reporter } from 'vitest/node';
import type { CliError } from '../errors.ts';
import { isOwnProject } from '../repository.ts';
import { givenUpReporter } from './given-up-reporter.ts';
import { suitesProject } from './project-choice.ts';
import { QuietReporter } from './quiet-reporter.ts';
import { createRecorder } from './recorder.ts';
import { recorderModule } from './recorder-module.ts';
import { runVitest, type VitestOutcome } from './run-vitest.ts';
import type { StatusLine } from './status-line.ts';
import { together } from './together.ts';

/** One board's share of a run. */
export interface BoardShare {
  readonly label: string;
  /** The board, as the workers open it. */
  readonly settings: BoardSettings;
  /** Vitest projects; undefined: all. */
  readonly project: readonly string[] | undefined;
  /** Names of vitest projects of the suites that are added to those of the configuration. */
  readonly suites: readonly string[];
  readonly live: readonly Reporter[];
}

export interface RunSettings {
  readonly filters: readonly string[];
  readonly options: CliOptions;
  readonly baseline: string | undefined;
  /** Whether files that passed get lines of their own, too, in a terminal. */
  readonly verbose: boolean;
  /** Whether the records say where the time went. */
  readonly profile: boolean;
  /** Where the record of the only board goes; default a file in the board's folder in `results/`. */
  readonly output: string | undefined;
  /** When the run began: the records of all boards bear this time. */
  readonly startedAt: Date;
  readonly line: StatusLine;
  readonly signal: AbortSignal;
}

/** A run's outcome, and why its record could not be written. */
export interface ShareOutcome extends VitestOutcome {
  readonly unrecorded: CliError | null;
  /** Path of the record; null when no case of the suites ran, or it could not be written. */
  readonly record: string | null;
}

type ReporterList = CliOptions['reporters'] & unknown[];

/** Where vitest's own lines go while several boards run: our progress tells what happens, the merged report the rest. */
const silent = new Writable({ write: (_chunk, _encoding, done) => done() });

/** Names of the suites' projects, one a board. The workspace's vitest.config.ts reads them from the environment. */
export function nameProjects(labels: readonly string[]): string[] {
  const names = labels.length === 1 ? [suitesProject] : labels.map((label) => `${suitesProject} ${label}`);
  process.env.WIREWRAP_BOARD_PROJECTS = JSON.stringify(names);
  return names;
}

/** Runs every board at the same time, one worker each, and tells their results as one. */
export async function runBoards(runs: readonly BoardShare[], settings: RunSettings): Promise<ShareOutcome[]> {
  const [only] = runs;
  if (only && runs.length === 1)
    return [await runBoard(only, settings, askedReporters(settings), settings.line.stream)];
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-runs-'));
  try {
    const outcomes = await together(runs, settings.signal, (run, signal, index) => {
      const outputFile = join(folder, `${index}.json`);
      return runBoard(run, { ...settings, signal }, [['blob', { outputFile }]], silent);
    });
    await mergeReports(folder, runs, settings);
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runBoard(
  run: BoardShare,
  settings: RunSettings,
  reporters: ReporterList,
  stdout: Writable,
): Promise<ShareOutcome> {
  const recorder = await createRecorder({
    label: fileNameOf(run.label),
    output: settings.output,
    startedAt: settings.startedAt,
    baseline: settings.baseline,
    columns: process.stdout.columns,
    verbose: settings.verbose,
    profile: settings.profile,
    colours: settings.line.live && process.env.NO_COLOR === undefined,
    write: (text) => settings.line.write(text),
  });
  const givenUp = givenUpReporter((text) => settings.line.write(text));
  const outcome = await runVitest({
    filters: settings.filters,
    options: {
      ...settings.options,
      ...(run.project ? { project: [...run.project] } : {}),
    },
    suites: run.suites,
    reporters: [providing(run), ...run.live, ...reporters, recorder.reporter, givenUp] as readonly Reporter[],
    signal: settings.signal,
    stdout,
  });
  return { ...outcome, unrecorded: recorder.failure(), record: recorder.path() };
}

/** Hands the board to the workers, before the first of them starts, and who records tests that are not of the suites. */
function providing({ settings, suites }: BoardShare): Reporter {
  return {
    onInit(vitest) {
      vitest.provide('wirewrapBoardSettings', settings);
      // What a project's own configuration provides would win over it.
      for (const project of vitest.projects) {
        project.provide('wirewrapBoardSettings', settings);
        if (isOwnProject && !suites.includes(project.name)) project.provide('wirewrapRecorder', recorderModule);
      }
    },
  };
}

/** The reporters that were asked for with --reporter, else vitest's own, and annotations on GitHub. */
function askedReporters({ options, line, verbose }: RunSettings): ReporterList {
  const asked = (options as { reporter?: string | string[] }).reporter;
  if (asked !== undefined) return [asked].flat() as ReporterList;
  const onGitHub = process.env.GITHUB_ACTIONS === 'true' ? ['github-actions'] : [];
  const ours = line.live && !verbose ? new QuietReporter() : ['default', { summary: false }];
  return [ours, ...onGitHub] as ReporterList;
}

async function mergeReports(folder: string, runs: readonly BoardShare[], settings: RunSettings): Promise<void> {
  const { line, options } = settings;
  await runVitest({
    filters: [],
    options: { ...options, project: undefined, mergeReports: folder },
    suites: runs.flatMap(({ suites }) => suites),
    reporters: askedReporters(settings) as readonly Reporter[],
    signal: new AbortController().signal,
    stdout: line.stream,
  });
}
