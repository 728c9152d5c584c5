import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { VirtualBoardError } from '../errors.ts';
import { packageSources } from './apt-sources.ts';
import { cacheFolder, makeCacheFolder } from './cache-folder.ts';
import { lockCache, sweepPartial } from './cache-lock.ts';
import { aptReason, privateApt } from './private-apt.ts';
import type { ProvisionOptions } from './provision-options.ts';

/** Which folders of which source package are fetched, and who hears of it. */
export interface DebianSourceOptions extends Pick<ProvisionOptions, 'onProgress' | 'signal'> {
  /** Name of the source package, such as `micropython`. */
  readonly package: string;
  /** Debian suite that has it, such as `bookworm`. */
  readonly suite: string;
  /** Paths in the archive that are wanted, below its first folder, such as `src/ssl/test/runner`. */
  readonly paths: readonly string[];
}

/**
 * Some folders of a Debian source package, in the cache: fetched at the first call by the machine's own package mirror,
 * without root. The last file to appear is the folder itself, so that what is there is whole.
 *
 * @returns the folder that stands for the archive's first one
 * @throws VirtualBoardError `PROVISION_FAILED`, one sentence, where it cannot be fetched or lacks a path
 * @example await cachedDebianSource({ package: 'micropython', suite: 'forky', paths: ['tests/extmod'] })
 */
export async function cachedDebianSource(options: DebianSourceOptions): Promise<string> {
  const cache = cacheFolder('sources');
  const digest = createHash('sha256').update(options.paths.join('\n')).digest('hex').slice(0, 8);
  const folder = join(cache, `${options.package}-${options.suite}-${digest}`);
  if (existsSync(folder)) return folder;
  await makeCacheFolder(cache);
  await using _lock = await lockCache(cache, `fetching the sources of ${options.package}`, options);
  if (existsSync(folder)) return folder;
  await sweepPartial(cache);
  const partial = await mkdtemp(join(cache, `partial-${process.pid}-`));
  try {
    const archive = await download(partial, options);
    await unpack(archive, join(partial, 'tree'), options);
    await rename(join(partial, 'tree'), folder);
    return folder;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function download(work: string, options: DebianSourceOptions): Promise<string> {
  const { package: name, suite } = options;
  try {
    const [source] = await packageSources(suite).catch((cause: unknown) => {
      throw new VirtualBoardError('PROVISION_FAILED', 'apt has no mirror of this distribution', { cause });
    });
    if (source?.distribution !== 'debian') throw new VirtualBoardError('PROVISION_FAILED', 'this system is not Debian');
    const apt = await privateApt(join(work, 'apt'), [source.line.replace(/^deb /, 'deb-src ')], options, work);
    options.onProgress?.('Reading the lists of source packages');
    await apt('update');
    options.onProgress?.(`Downloading the sources of ${name}`);
    await apt('source', '--download-only', `${name}/${suite}`);
    const archive = (await readdir(work)).find((file) => /\.orig\.tar\.\w+$/.test(file));
    if (archive === undefined) throw new VirtualBoardError('PROVISION_FAILED', 'the package has no .orig.tar');
    return join(work, archive);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new VirtualBoardError(
      'PROVISION_FAILED',
      `Debian's source package ${name} (${suite}) could not be fetched (${aptReason(error)}): connect this machine to its package mirror once.`,
      { cause: error },
    );
  }
}

async function unpack(archive: string, tree: string, options: DebianSourceOptions): Promise<void> {
  options.onProgress?.(`Unpacking ${options.package}`);
  await mkdir(tree);
  const wanted = options.paths.map((path) => `*/${path}`);
  try {
    const args = ['-xf', archive, '-C', tree, '--strip-components=1', '--wildcards', ...wanted];
    await execa('tar', args, { cancelSignal: options.signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new VirtualBoardError(
      'PROVISION_FAILED',
      `Debian's source package ${options.package} (${options.suite}) does not hold ${options.paths.join(', ')} (${aptReason(error)}): name another suite.`,
      { cause: error },
    );
  }
}
