import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VirtualBoardError } from '../errors.ts';
import { packageSources } from './apt-sources.ts';
import { cacheFolder } from './cache-folder.ts';
import { unpackMicroPython } from './distribution-package.ts';
import type { PackageSource, ProvisionOptions } from './provision-options.ts';

const LOCK_WAIT_MS = 300_000;
const LOCK_POLL_MS = 200;

/** The cached package, fetched first when there is none. The folder appears whole, by a rename. */
export async function cachedPackage(options: ProvisionOptions): Promise<{ executable: string; source: PackageSource }> {
  const cache = cacheFolder('micropython');
  const ready = await findReady(cache, options.suite);
  if (ready) return ready;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const lock = await takeLock(cache, options);
  try {
    const meanwhile = await findReady(cache, options.suite);
    if (meanwhile) return meanwhile;
    await sweep(cache);
    const partial = await mkdtemp(join(cache, `partial-${process.pid}-`));
    try {
      const source = await unpackMicroPython(partial, await packageSources(options.suite), options);
      const folder = join(cache, `${source.split(' ').join('-')}-${process.arch}`);
      await writeFile(join(partial, 'source'), source);
      await rename(partial, folder);
      return { executable: join(folder, 'micropython'), source };
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  } finally {
    await rm(lock, { force: true });
  }
}

async function findReady(
  cache: string,
  suite: string | undefined,
): Promise<{ executable: string; source: PackageSource } | undefined> {
  const names = await readdir(cache).catch(() => []);
  const matching = names
    .filter((name) => name.endsWith(`-${process.arch}`) && !name.startsWith('partial-'))
    .filter((name) => suite === undefined || name.split('-')[1] === suite)
    // Without a wish the default suite first: a cached forky must not change what `virtual` means.
    .sort((a, b) => Number(b.includes('-trixie-')) - Number(a.includes('-trixie-')));
  for (const name of matching) {
    if (suite === undefined && name.startsWith('debian-') && !name.includes('-trixie-')) continue;
    const executable = join(cache, name, 'micropython');
    try {
      await access(executable);
      return { executable, source: (await readFile(join(cache, name, 'source'), 'utf8')) as PackageSource };
    } catch {
      // not a whole one
    }
  }
  return undefined;
}

/** One process fetches, the others wait for it. */
async function takeLock(cache: string, options: ProvisionOptions): Promise<string> {
  const lock = join(cache, 'lock');
  const deadline = performance.now() + LOCK_WAIT_MS;
  for (let said = false; performance.now() < deadline; ) {
    options.signal?.throwIfAborted();
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      return lock;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(cache, error);
    }
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (holder > 0 && !alive(holder)) await rm(lock, { force: true });
    else if (!said) {
      said = true;
      options.onProgress?.(`Waiting for process ${holder}, which is fetching MicroPython`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  throw new VirtualBoardError(
    'PROVISION_FAILED',
    `Another process has been fetching MicroPython for ${LOCK_WAIT_MS / 1000} s: remove ${lock} when that is not so.`,
  );
}

function unwritable(cache: string, cause: unknown): VirtualBoardError {
  return new VirtualBoardError(
    'PROVISION_FAILED',
    `The cache folder ${cache} cannot be written (${(cause as NodeJS.ErrnoException).code}): set XDG_CACHE_HOME to a folder of yours.`,
    { cause },
  );
}

/** What a process that was killed left behind. */
async function sweep(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = /^partial-(\d+)-/.exec(name)?.[1];
    if (pid && !alive(Number(pid))) await rm(join(cache, name), { recursive: true, force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
