import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CertgenError } from '../errors.ts';

/** First line of every cache file: whoever reads it can tell a whole file from a damaged one. */
function seal(body: string): string {
  return `wirewrap-cache sha256=${createHash('sha256').update(body).digest('hex')}`;
}

/** The body of a cache file; null when there is none, or when it is damaged. */
export async function readSealed(path: string): Promise<string | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return null;
  }
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  return end > 0 && text.slice(0, end) === seal(body) ? body : null;
}

async function writeAside(path: string, body: string, mode: number): Promise<string> {
  const aside = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(aside, `${seal(body)}\n${body}`, { mode, flag: 'wx' });
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
export async function writeSealed(path: string, body: string, mode = 0o644): Promise<void> {
  await rename(await writeAside(path, body, mode), path);
}

/**
 * Writes the file unless a whole one is there already, and returns the body that is there in the end: of two
 * processes that make the same key at once, both go on with the key of the first.
 */
export async function claimSealed(path: string, body: string, mode = 0o644): Promise<string> {
  const aside = await writeAside(path, body, mode);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        await link(aside, path);
        return body;
      } catch (cause) {
        const { code } = cause as NodeJS.ErrnoException;
        // No hard links on this file system (FAT, some network shares): the last writer wins, still whole.
        if (code !== 'EEXIST') break;
      }
      const present = await readSealed(path);
      if (present !== null) return present;
      await rm(path, { force: true, recursive: true });
    }
    await rename(aside, path);
    return body;
  } finally {
    await rm(aside, { force: true });
  }
}
