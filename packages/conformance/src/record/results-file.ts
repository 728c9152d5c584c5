import { readFile } from 'node:fs/promises';
import { writeWhole } from '@wirewrap/repl-driver/basics';
import { ConformanceError } from '../errors.ts';

export const CORPUS_SCHEMA = 'wirewrap.corpus/1';

/** A record whose cases are a list of results; no times, no ports: two runs of one firmware are equal. */
export interface ResultsFile {
  readonly schema: string;
  readonly results: readonly unknown[];
}

/** What a file must be, and who writes such files. */
export interface ResultsFileKind {
  readonly schema: string;
  /** As it is typed, such as `wirewrap bogo`. */
  readonly command: string;
}

/** Writes the record whole, a result a line, so that a difference is a line of a diff. */
export async function writeResultsFile(path: string, { results, ...head }: ResultsFile): Promise<void> {
  const lines = results.map((result) => `    ${JSON.stringify(result)}`).join(',\n');
  await writeWhole(path, `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "results": [\n${lines}\n  ]\n}\n`);
}

/**
 * Reads a record that one command wrote.
 *
 * @throws ConformanceError `NO_SUCH_FILE`, `NOT_A_RECORD` or `OTHER_SCHEMA` when the command did not write the file
 */
export async function readResultsFile<T extends ResultsFile>(
  path: string,
  { schema, command }: ResultsFileKind,
): Promise<T> {
  const remedy = `name a file that ${command} wrote`;
  const record = (await readJson(path, remedy)) as T | null;
  if (record?.schema === schema && Array.isArray(record.results)) return record;
  throw new ConformanceError('OTHER_SCHEMA', `${path} is no ${schema}; ${remedy}.`);
}

/**
 * A file's JSON; `remedy` is what to do where there is none.
 *
 * @throws ConformanceError `NO_SUCH_FILE` or `NOT_A_RECORD`
 */
export async function readJson(path: string, remedy: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ConformanceError('NO_SUCH_FILE', `Cannot read the record ${path} (${cause.code}); ${remedy}.`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConformanceError('NOT_A_RECORD', `Cannot read the record ${path} (not JSON); ${remedy}.`, { cause });
  }
}
