import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

// Everything here is synchronous: the files are small and many, and a round through the thread pool costs more than
// the work itself, most of all while the pool makes RSA keys.

/** Writes a whole file beside `path`, under a name that nobody else uses, and returns that name. Makes the folder. */
export function writeAside(path: string, content: string | Uint8Array, mode: number): string {
  const aside = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  makeFolder(dirname(path));
  try {
    writeFileSync(aside, content, { mode, flag: 'wx' });
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
  return aside;
}

/** Writes a file whole: readers see the old content or the new content, never half of one. */
export function writeWhole(path: string, content: string | Uint8Array, mode: number): void {
  const aside = writeAside(path, content, mode);
  try {
    renameSync(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Node's own recursive mkdir never returns where a file system says ENOENT below a folder that is there (/proc). */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || statSync(dirname(path), { throwIfNoEntry: false }) !== undefined) throw error;
    makeFolder(dirname(path));
    makeFolder(path);
  }
}
