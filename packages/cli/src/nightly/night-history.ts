import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '@wirewrap/repl-driver/basics';

/** Nights that are kept, unless `--keep` says otherwise. */
export const NIGHTS_KEPT = 100;

/**
 * Keeps a night's record under the time at which it was written, for `wirewrap report --history`; the same record once.
 * The oldest beyond `keep` go (default 100). The folder is made when it is missing.
 */
export async function keepRecord(record: string, folder: string, keep: number = NIGHTS_KEPT): Promise<void> {
  const { mtime } = await stat(record);
  const name = `${mtime.toISOString().replaceAll(':', '-')}.json`;
  await writeWhole(join(folder, name), await readFile(record));
  const names = (await readdir(folder)).filter((entry) => /^\d{4}-.*\.json$/.test(entry)).toSorted();
  await Promise.all(names.slice(0, -keep).map((old) => rm(join(folder, old), { force: true })));
}
