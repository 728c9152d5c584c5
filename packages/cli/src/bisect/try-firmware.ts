import { createWriteStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type BoardSettings, fileNameOf } from '@wirewrap/boards';
import { type RunRecord, readRunRecord } from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { resolveBoard } from '../config/board-target.ts';
import { CliError, isExpectedError } from '../errors.ts';
import { checkFlashed, flashBoard } from '../flash/flash-board.ts';
import { runTests } from '../test-run/run-tests.ts';
import { takesFirmware, withFirmware } from './bisect-board.ts';
import { type Candidate, fileCandidate } from './candidate.ts';
import { BuildFailure, buildRevision } from './git-range.ts';

/** What the firmwares are tried on, and where what comes of it goes. */
export interface Bench {
  readonly context: CommandContext;
  /** The board that is flashed or started with each firmware; null where each firmware is a board of its own. */
  readonly board: BoardSettings | null;
  readonly folder: string;
  readonly build: { readonly command: string; readonly repo: string } | null;
  readonly erase: boolean;
  /** How often the cases are asked on each firmware. */
  readonly count: number;
  readonly onProgress: (what: string) => void;
}

/** What became of one firmware. */
export type Tried = { readonly runs: readonly RunRecord[] } | { readonly skipped: string };

/** Errors that say that the firmware does not run, or lacks what every case needs. */
const DOES_NOT_RUN: ReadonlySet<string> = new Set([
  'BOARD_GONE',
  'BOARD_PANIC',
  'BOARD_RESET',
  'BOARD_SILENT',
  'DEADLINE',
  'NOT_MICROPYTHON',
  'NOT_WHOLE',
  'NO_SSL',
]);

/** Where the board is started with the firmware, that it does not start is the firmware's, too. */
const DOES_NOT_START: ReadonlySet<string> = new Set(['HOST', 'NO_MICROPYTHON', 'NO_SUCH_PORT', 'START_FAILED']);

/**
 * Brings a firmware onto the board and asks the cases. A firmware that cannot be built, does not start or cannot be asked is
 * skipped; a board or host that fails ends the search.
 */
export async function tryFirmware(
  candidate: Candidate,
  cases: Readonly<Record<string, unknown>>,
  bench: Bench,
): Promise<Tried> {
  let started = false;
  try {
    const { board, isStarted } = await bringUp(candidate, bench);
    started = isStarted;
    const runs: RunRecord[] = [];
    for (let run = 1; run <= bench.count; run += 1) {
      const of = bench.count === 1 ? '' : `, run ${run} of ${bench.count}`;
      bench.onProgress(`asking ${candidate.name}${of}`);
      const record = await ask(`${fileNameOf(candidate.name)}.${run}`, board, cases, bench);
      if (record === null) return { skipped: 'no case came to its end' };
      runs.push(record);
    }
    return { runs };
  } catch (error) {
    bench.context.signal.throwIfAborted();
    if (error instanceof BuildFailure) return { skipped: error.message };
    if (!isExpectedError(error)) throw error;
    if (DOES_NOT_RUN.has(error.code) || (started && DOES_NOT_START.has(error.code))) {
      return { skipped: `does not run: ${error.message.replace(/\.$/, '')}` };
    }
    throw error;
  }
}

async function bringUp(
  candidate: Candidate,
  bench: Bench,
): Promise<{ readonly board: BoardSettings; readonly isStarted: boolean }> {
  const { context, folder, build } = bench;
  const { signal } = context;
  const { name, source } = candidate;
  if (source.kind === 'board') {
    const board = await resolveBoard({ ...context.values, board: source.url }, context.env);
    return { board: { ...board, label: name }, isStarted: true };
  }
  if (source.kind === 'revision') {
    if (build === null) throw new CliError('BAD_USAGE', 'Name the command that builds a revision, by --build.');
    bench.onProgress(`building ${name}`);
    const file = await buildRevision(source.hash, { ...build, folder: join(folder, 'firmwares'), signal });
    return await bringUp({ ...(await fileCandidate(file)), name }, bench);
  }
  const { board } = bench;
  if (board === null) throw new CliError('BAD_USAGE', `Name the board that ${name} is to run on, by --board=BOARD.`);
  const path = source.kind === 'image' ? source.image.path : source.path;
  if (takesFirmware(board)) return { board: withFirmware(board, path, name), isStarted: true };
  if (source.kind === 'file') throw new CliError('BAD_FILE', `${path} is not an image that is flashed (.bin).`);
  await flash(board, name, source.image, bench);
  return { board, isStarted: false };
}

async function flash(
  board: BoardSettings,
  name: string,
  image: Parameters<typeof flashBoard>[1],
  { context, erase, onProgress }: Bench,
): Promise<void> {
  const { signal, env } = context;
  await flashBoard(board, image, {
    erase,
    signal,
    env,
    onTool: (tool) => onProgress(`writing ${name} with ${tool}`),
    onProgress: (done) => onProgress(`writing ${name}: ${Math.round(done * 100)} %`),
  });
  onProgress(`waiting for ${name} to start`);
  await checkFlashed(board, image, signal);
}

/** One run of the cases in a file of its own; what vitest prints of it goes into a file beside it. */
async function ask(
  name: string,
  board: BoardSettings,
  cases: Readonly<Record<string, unknown>>,
  { context, folder }: Bench,
): Promise<RunRecord | null> {
  const output = join(folder, `${name}.json`);
  const log = createWriteStream(join(folder, `${name}.log`));
  await rm(output, { force: true });
  const values = { ...cases, board: [board.url] } as CommandContext['values'];
  const inner: CommandContext = { ...context, values, rest: [], stdout: log as unknown as NodeJS.WriteStream };
  try {
    await runTests(inner, { leased: true, boards: [board], output });
  } finally {
    log.end();
    await finished(log);
    // vitest leaves the process's code at 1 after a red claim, and the next run would begin with it.
    process.exitCode = undefined;
  }
  context.signal.throwIfAborted();
  return existsSync(output) ? await readRunRecord(output) : null;
}
