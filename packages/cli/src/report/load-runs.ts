import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  detailsPathOf,
  parseRunRecord,
  RUN_RECORD_SCHEMA,
  type RunDetails,
  type RunRecord,
  readRunDetails,
  readRunRecord,
} from '@wirewrap/conformance';
import { CliError } from '../errors.ts';
import type { ReportRun } from './report-run.ts';

/** A record, and the details beside it when there are any. */
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
 * What the last run wrote: `latest.json`, or, when it ran on several boards at once, `latest.LABEL.json` of each.
 * `latest.json` is named when there is neither, so that the error says what is missing.
 */
export async function latestRecords(folder: string): Promise<string[]> {
  const names: string[] = await readdir(folder).catch(() => []);
  const several = names.filter((name) => /^latest\..+\.json$/.test(name) && !name.endsWith('.details.json')).toSorted();
  const found = names.includes('latest.json') || several.length === 0 ? ['latest.json'] : several;
  return found.map((name) => join(folder, name));
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
 */
export async function loadHistory(
  folder: string,
  runs: readonly ReportRun[],
  shown: readonly string[],
): Promise<RunRecord[]> {
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
  return records.filter((record) => record !== null && machines.has(record.board.machine)) as RunRecord[];
}
