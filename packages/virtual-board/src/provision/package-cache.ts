import { access, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { debug, instead } from '../debug.ts';
import { packageSources } from './apt-sources.ts';
import { cacheFolder, makeCacheFolder } from './cache-folder.ts';
import { lockCache, sweepPartial } from './cache-lock.ts';
import { unpackMicroPython } from './distribution-package.ts';
import type { PackageSource, ProvisionOptions } from './provision-options.ts';

/** The cached package, fetched first when there is none. The folder appears whole, by a rename. */
export async function cachedPackage(options: ProvisionOptions): Promise<{ executable: string; source: PackageSource }> {
  const cache = cacheFolder('micropython');
  const ready = await findReady(cache, options.suite);
  if (ready) return ready;
  await makeCacheFolder(cache);
  await using _lock = await lockCache(cache, 'fetching MicroPython', options);
  const meanwhile = await findReady(cache, options.suite);
  if (meanwhile) return meanwhile;
  await sweepPartial(cache);
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
}

async function findReady(
  cache: string,
  suite: string | undefined,
): Promise<{ executable: string; source: PackageSource } | undefined> {
  const names = await readdir(cache).catch(instead([], `listing ${cache}`));
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
    } catch (error) {
      debug('%s is not whole: %s', join(cache, name), error);
    }
  }
  return undefined;
}
