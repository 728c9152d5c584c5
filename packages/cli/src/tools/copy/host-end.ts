import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeWhole } from '@wirewrap/repl-driver/basics';
import { CliError } from '../../errors.ts';
import { tellUnwritable } from '../../unwritable.ts';
import type { CopyEnd, FoundEntry } from './copy-end.ts';

/** This computer's files. */
export const hostEnd: CopyEnd = {
  async kindOf(path) {
    const found = await stat(path || '.').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw unreadable(path, error);
    });
    if (found === null) return null;
    return found.isDirectory() ? 'directory' : 'file';
  },
  async walk(path) {
    const names = await readdir(path || '.').catch((error: Error) => Promise.reject(unreadable(path, error)));
    const found: FoundEntry[] = [];
    for (const name of names.sort()) {
      const full = join(path, name);
      const kind = (await hostEnd.kindOf(full)) ?? 'file';
      found.push({ path: full, kind });
      if (kind === 'directory') found.push(...(await hostEnd.walk(full)));
    }
    return found;
  },
  async read(path) {
    return await readFile(path).catch((error: Error) => Promise.reject(unreadable(path, error)));
  },
  async write(path, content) {
    await tellUnwritable(path, writeWhole(path, content, { makeFolder: false }));
  },
  async mkdir(path) {
    await tellUnwritable(path, mkdir(path));
  },
  join,
  nameOf: (path) => (/^[./]*$/.test(path) ? '' : basename(path)),
  // Writing a file here costs less than finding out.
  same: async () => new Set(),
  shown: (path) => path || '.',
};

function unreadable(path: string, cause: Error): CliError {
  return new CliError('BAD_FILE', `${path || '.'} cannot be read: ${cause.message}.`, { cause });
}
