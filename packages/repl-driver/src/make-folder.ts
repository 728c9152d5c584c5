import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { instead } from './debug.ts';

/**
 * Makes a folder and the ones above it that are missing; true when it was not there.
 *
 * Node's own recursive `mkdir` never returns where a file system says ENOENT below a folder that is there (`/proc`; seen with
 * Node 22 and 24).
 *
 * @throws NodeJS.ErrnoException when it cannot be made
 * @example await makeFolder('results/desk');
 */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((await find(path))?.isDirectory()) return false;
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || (await find(dirname(path))) !== null) throw error;
  }
  await makeFolder(dirname(path));
  return await makeFolder(path);
}

function find(path: string) {
  return stat(path).catch(instead(null, `looking for ${path}`));
}
