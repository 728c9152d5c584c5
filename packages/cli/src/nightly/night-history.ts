import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Nights that are kept for the plots of the page. */
const kept = 100;

/**
 * Keeps a night's record under the time at which it was written, for `wirewrap report --history`; the same record once.
 * The oldest beyond 100 go. The folder is made when it is missing.
 */
export async function keepRecord(record: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { mtime } = await stat(record);
  const name = `${mtime.toISOString().replaceAll(':', '-')}.json`;
  const temporary = join(folder, `.${name}.${process.pid}`);
  await copyFile(record, temporary);
  await rename(temporary, join(folder, name));
  const names = (await readdir(folder)).filter((entry) => /^\d{4}-.*\.json$/.test(entry)).toSorted();
  await Promise.all(names.slice(0, -kept).map((old) => rm(join(folder, old), { force: true })));
}
