import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { log } from '../log.ts';

const DAY_MS = 86_400_000;
/** Certificates that are made again each day would pile up; one that is missed is made again. */
const KEPT_MS = 30 * DAY_MS;
/** A temporary file of this age belongs to a process that died. */
const ABANDONED_MS = DAY_MS / 24;

/**
 * Removes what nobody made or wrote for a month, and what dead processes left. Ages are counted from the file that was
 * written last, so that no clock is needed.
 */
export function pruneFolder(folder: string): void {
  try {
    const files = readdirSync(folder).map((name) => ({ path: join(folder, name), ...ageOf(join(folder, name)) }));
    const now = Math.max(...files.map(({ mtimeMs }) => mtimeMs));
    for (const { path, mtimeMs } of files) {
      const limit = path.endsWith('.tmp') ? ABANDONED_MS : KEPT_MS;
      if (now - mtimeMs > limit) rmSync(path, { force: true });
    }
  } catch (error) {
    // Another process prunes as well, or the folder is not ours: the cache works as it is.
    log('%s is not pruned: %s', folder, (error as NodeJS.ErrnoException).code);
  }
}

function ageOf(path: string): { readonly mtimeMs: number } {
  return { mtimeMs: statSync(path).mtimeMs };
}
