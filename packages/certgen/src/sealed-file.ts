import { createHash, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CertgenError } from './errors.ts';

// Everything here is synchronous: the files are small and many, and a round through the thread pool costs more than
// the work itself, most of all while the pool makes RSA keys.

/** First line of every cache file: whoever reads it can tell a whole file from a damaged one. */
function seal(body: string): string {
  return `wirewrap-cache sha256=${createHash('sha256').update(body).digest('hex')}`;
}

/** The body of a cache file; null when there is none, or when it is damaged. */
export function readSealed(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  return end > 0 && text.slice(0, end) === seal(body) ? body : null;
}

/** A whole file beside its place, under a name that nobody else uses. */
function writeAside(path: string, body: string, mode: number): string {
  const aside = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  const content = `${seal(body)}\n${body}`;
  try {
    try {
      writeFileSync(aside, content, { mode, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(aside, content, { mode, flag: 'wx' });
    }
  } catch (cause) {
    throw new CertgenError(
      'CACHE_UNWRITABLE',
      `The certificate cache ${dirname(path)} cannot be written (${(cause as NodeJS.ErrnoException).code}): ` +
        'make it writable or hand in another cacheFolder.',
      { cause },
    );
  }
  return aside;
}

/** Writes the file whole: readers see the old body or the new one, never half of one. */
export function writeSealed(path: string, body: string, mode = 0o644): void {
  renameSync(writeAside(path, body, mode), path);
}

/**
 * Writes the file unless a whole one is there already, and returns the body that is there in the end: of two
 * processes that make the same key at once, both go on with the key of the first.
 */
export function claimSealed(path: string, body: string, mode = 0o644): string {
  const aside = writeAside(path, body, mode);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        linkSync(aside, path);
        return body;
      } catch (error) {
        // No hard links on this file system (FAT, some network shares): the last writer wins, still whole.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') break;
      }
      const present = readSealed(path);
      if (present !== null) return present;
      rmSync(path, { force: true, recursive: true });
    }
    renameSync(aside, path);
    return body;
  } finally {
    rmSync(aside, { force: true });
  }
}
