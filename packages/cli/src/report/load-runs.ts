import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  detailsPathOf,
  parseRunRecord,
  RUN_RECORD_SCHEMA,
  type RunDetails,
  type RunRecord,
  readRunDetails,
  readRunRecord,
  recordsOf,
} from '@wirewrap/conformance';
import { instead } from '../debug.ts';
import { CliError } from '../errors.ts';
import type { ReportRun } from './report-run.ts';
import type { HistoryRun } from './verdict/night-trend.ts';

/**
 * A record, and the details beside it when there are any.
 *
 * @example const { record, details } = await loadRun('results/latest.json');
 * @throws CliError `BAD_FILE` when the details cannot be read; ConformanceError when record or details are not what they should
 *   be.
 */
export async function loadRun(path: string): Promise<ReportRun> {
  const record = await readRunRecord(path);
  return { record, details: await readDetails(detailsPathOf(path)) };
}

async function readDetails(path: string): Promise<RunDetails | null> {
  try {
    return await readRunDetails(path);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new CliError('BAD_FILE', `Cannot read the details ${path} (${code}); make them readable or remove them.`, {
      cause,
    });
  }
}

/**
 * The records of the newest whole run, or of the newest run when none was whole: one, or one for each board when several ran
 * side by side, whose records bear the same time. `folder` is `results/`, which holds a folder for each board.
 *
 * @example const runs = await Promise.all((await latestRecords('results')).map(loadRun));
 */
export async function latestRecords(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(instead([], `listing ${folder}`));
  const boards = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  const whole = await Promise.all(
    boards.map((board) =>
      realpath(join(board, 'latest.json')).catch(instead(null, `looking for the latest record of ${board}`)),
    ),
  );
  const newest = ofNewestTime(whole);
  if (newest.length > 0) return newest;
  const parts = ofNewestTime(await Promise.all(boards.map(async (board) => (await recordsOf(board)).at(-1) ?? null)));
  return parts.length > 0 ? parts : [join(folder, 'latest.json')];
}

/** Those whose names, which are times, are the newest. */
function ofNewestTime(paths: readonly (string | null)[]): string[] {
  const present = paths.filter((path) => path !== null);
  const time = present
    .map((path) => basename(path))
    .toSorted()
    .at(-1);
  return present.filter((path) => basename(path) === time).toSorted();
}

async function readIfRecord(path: string): Promise<RunRecord | null> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CliError(
      'BAD_FILE',
      `${path} is not JSON: ${(cause as Error).message}; remove it from the history folder.`,
      { cause },
    );
  }
  const schema = value !== null && typeof value === 'object' && 'schema' in value ? value.schema : null;
  return schema === RUN_RECORD_SCHEMA ? parseRunRecord(value, path) : null;
}

/**
 * Earlier runs for the plots: every run record of the folder, in the order of the file names, that is of a machine that
 * the page shows. Other JSON files, details among them, and the runs themselves are left out.
 *
 * @example const history = await loadHistory('nights', [await loadRun('nights/last.json')], ['nights/last.json']);
 * @throws CliError `BAD_FILE` when the folder cannot be read or a file in it is not JSON.
 */
export async function loadHistory(
  folder: string,
  runs: readonly ReportRun[],
  shown: readonly string[],
): Promise<HistoryRun[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CliError(
      'BAD_FILE',
      `Cannot read the history folder ${folder} (${code}); name a folder with run records.`,
      { cause },
    );
  }
  const machines = new Set(runs.map(({ record }) => record.board.machine));
  const own = new Set(shown.map((path) => resolve(path)));
  const paths = names
    .filter((name) => name.endsWith('.json') && !name.endsWith('.details.json'))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => join(folder, name))
    .filter((path) => !own.has(resolve(path)));
  const records = await Promise.all(paths.map(readIfRecord));
  return paths.flatMap((path, index) => {
    const record = records[index] ?? null;
    return record !== null && machines.has(record.board.machine) ? [{ name: basename(path, '.json'), record }] : [];
  });
}
