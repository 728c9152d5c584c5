import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debug, instead } from '../debug.ts';
import { VirtualBoardError } from '../errors.ts';
import type { ProvisionOptions } from './provision-options.ts';

/** A build takes minutes on a busy machine. */
const LOCK_WAIT_MS = 900_000;
const LOCK_POLL_MS = 200;

/**
 * One process fills the cache folder, the others wait for it. The lock of a process that has ended is taken over.
 *
 * @param what completes "Waiting for process 7, which is …"
 * @throws VirtualBoardError `PROVISION_FAILED` when the folder cannot be written, or after 15 minutes
 */
export async function lockCache(
  cache: string,
  what: string,
  options: ProvisionOptions,
  now: () => number = () => performance.now(),
): Promise<AsyncDisposable> {
  const lock = join(cache, 'lock');
  const deadline = now() + LOCK_WAIT_MS;
  for (let hasSaid = false; now() < deadline; ) {
    options.signal?.throwIfAborted();
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      return {
        [Symbol.asyncDispose]: async () => {
          await rm(lock, { force: true });
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(cache, error);
    }
    const holder = Number(
      await readFile(lock, 'utf8').catch(instead('', 'reading a lock that was given back meanwhile')),
    );
    if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true });
    else if (!hasSaid) {
      hasSaid = true;
      options.onProgress?.(`Waiting for process ${holder}, which is ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  throw new VirtualBoardError(
    'PROVISION_FAILED',
    `Another process has been ${what} for ${LOCK_WAIT_MS / 1000} s: remove ${lock} when that is not so.`,
  );
}

/** Removes what a process that was killed left behind: folders named `partial-PID-…`. Only under the lock. */
export async function sweepPartial(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = /^partial-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    debug('process %d: %s', pid, error);
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function unwritable(cache: string, cause: unknown): VirtualBoardError {
  return new VirtualBoardError(
    'PROVISION_FAILED',
    `The cache folder ${cache} cannot be written (${(cause as NodeJS.ErrnoException).code}): set XDG_CACHE_HOME to a folder of yours.`,
    { cause },
  );
}
