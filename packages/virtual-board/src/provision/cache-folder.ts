import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { instead } from '../debug.ts';
import { VirtualBoardError } from '../errors.ts';

/**
 * A folder of the user's cache, `$XDG_CACHE_HOME/wirewrap/NAME` or `~/.cache/wirewrap/NAME`; it need not exist.
 *
 * @example cacheFolder('sources'); // '/home/me/.cache/wirewrap/sources'
 */
export function cacheFolder(name: string): string {
  const xdg = process.env.XDG_CACHE_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'wirewrap', name);
}

/**
 * Makes a folder of the cache, for this user alone.
 *
 * @throws VirtualBoardError `PROVISION_FAILED`, one sentence, where it cannot be made or written
 * @example await makeCacheFolder(cacheFolder('sources'));
 */
export async function makeCacheFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const remedy = 'name a folder that can be written in XDG_CACHE_HOME, by its absolute path';
    throw new VirtualBoardError('PROVISION_FAILED', `The cache ${folder} cannot be written (${code}); ${remedy}.`, {
      cause,
    });
  }
}

/** Node's own recursive mkdir never returns where a file system says ENOENT below a folder that is there (`/proc`). */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
    return;
  } catch (error) {
    if ((await find(path))?.isDirectory()) return;
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || (await find(dirname(path))) !== null) throw error;
  }
  await makeFolder(dirname(path));
  await makeFolder(path);
}

function find(path: string) {
  return stat(path).catch(instead(null, `looking for ${path}`));
}
