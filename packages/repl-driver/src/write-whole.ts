import { randomUUID } from 'node:crypto';
import { link, lstat, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { instead } from './debug.ts';
import { makeFolder } from './make-folder.ts';

/** How a file is written whole. */
export interface WriteWholeOptions {
  /** Permission bits of the file. Default 0o666 without what the umask takes. */
  readonly mode?: number;
  /** Whether a folder that is missing is made. Default true. */
  readonly makeFolder?: boolean;
}

/**
 * Writes a file whole: a reader sees the old one or the new one, and one that fails leaves nothing behind. What is no
 * file, such as a pipe or `/dev/stdout`, takes the content as it is.
 *
 * @example await writeWhole('results/summary.md', '# Summary\n');
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  options: WriteWholeOptions = {},
): Promise<void> {
  if (await isStream(path)) await writeFile(path, content);
  else await aside(path, content, options, (temporary) => rename(temporary, path));
}

/** Whether a path is no file that another could take the place of. */
async function isStream(path: string): Promise<boolean> {
  const there = await stat(path).catch(instead(null, `looking for ${path}`));
  if (there === null) return false;
  if (!there.isFile() && !there.isDirectory()) return true;
  // `/dev/stdout` is a link to wherever it was redirected.
  return resolve(path).startsWith('/dev/') && (await lstat(path)).isSymbolicLink();
}

/**
 * Writes a file whole where there is none; false when there is one already, which stays as it is. Of several that try at
 * once, one gets true.
 *
 * @example if (!(await writeNew('board.lease', holder))) throw new BoardsError('LEASED', 'The board is in use.');
 */
export async function writeNew(
  path: string,
  content: string | Uint8Array,
  options: WriteWholeOptions = {},
): Promise<boolean> {
  try {
    // A hard link never replaces a file.
    await aside(path, content, options, (temporary) => link(temporary, path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Writes under a name of its own in the same folder, which is gone in the end. */
async function aside(
  path: string,
  content: string | Uint8Array,
  { mode, makeFolder: makes = true }: WriteWholeOptions,
  place: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  if (makes) await makeFolder(folder);
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, content, { mode });
    await place(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}
