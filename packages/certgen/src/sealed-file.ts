import { createHash } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { CertgenError } from './errors.ts';
import { log } from './log.ts';
import { writeAside } from './write-aside.ts';

/** First line of every cache file: whoever reads it can tell a whole file from a damaged one. */
function seal(body: string): string {
  return `wirewrap-cache sha256=${createHash('sha256').update(body).digest('hex')}`;
}

/** The body of a cache file; null without one, or when it is damaged. */
export function readSealed(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    log('%s is not read: %s', path, (error as NodeJS.ErrnoException).code);
    return null;
  }
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end > 0 && text.slice(0, end) === seal(body)) return body;
  log('%s is damaged and will be made again', path);
  return null;
}

/** A whole file beside its place, or a sentence that says why there is none. */
function writeSealedAside(path: string, body: string, mode: number): string {
  try {
    return writeAside(path, `${seal(body)}\n${body}`, mode);
  } catch (cause) {
    throw new CertgenError(
      'CACHE_UNWRITABLE',
      `The certificate cache ${dirname(path)} cannot be written (${(cause as NodeJS.ErrnoException).code}): ` +
        'make it writable or hand in another cacheFolder.',
      { cause },
    );
  }
}

/** Writes the file whole: readers see the old body or the new one, never half of one. */
export function writeSealed(path: string, body: string, mode = 0o644): void {
  renameSync(writeSealedAside(path, body, mode), path);
}

/**
 * Writes the file unless a whole one is there already, and returns the body that is there in the end: of two
 * processes that make the same key at once, both go on with the key of the first.
 */
export function claimSealed(path: string, body: string, mode = 0o644): string {
  const aside = writeSealedAside(path, body, mode);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        linkSync(aside, path);
        return body;
      } catch (error) {
        // No hard links on this file system (FAT, some network shares): the last writer wins, still whole.
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'EEXIST') {
          log('%s is renamed, not linked: %s', path, code);
          break;
        }
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
