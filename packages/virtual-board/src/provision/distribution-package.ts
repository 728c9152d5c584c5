import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { VirtualBoardError } from '../errors.ts';
import type { AptSource } from './apt-sources.ts';
import { aptReason, privateApt } from './private-apt.ts';
import type { PackageSource, ProvisionOptions } from './provision-options.ts';

/** Downloads micropython and what it depends on (its own C library too) and unpacks them below `folder`. */
export async function unpackMicroPython(
  folder: string,
  sources: readonly AptSource[],
  options: ProvisionOptions,
): Promise<PackageSource> {
  const failures: string[] = [];
  for (const source of sources) {
    const work = join(folder, 'apt');
    try {
      const packages = await download(work, source, options);
      options.onProgress?.(`Unpacking ${packages.length} packages`);
      const root = join(folder, 'root');
      await mkdir(root, { recursive: true });
      for (const file of packages) await execa('dpkg', ['-x', file, root], { cancelSignal: options.signal });
      await writeLauncher(folder, root);
      return `${source.distribution} ${source.suite}`;
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push(`${source.suite}: ${aptReason(error)}`);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  throw new VirtualBoardError(
    'PROVISION_FAILED',
    `There is no micropython on PATH and the distribution's package could not be fetched (${failures.join('; ')}): connect this machine to its package mirror once, or install MicroPython's unix port (1.24 or later) and set WIREWRAP_MICROPYTHON to it.`,
  );
}

async function download(work: string, source: AptSource, options: ProvisionOptions): Promise<readonly string[]> {
  const apt = await privateApt(work, [source.line], options);
  options.onProgress?.(`Reading the package list of ${source.distribution} ${source.suite}`);
  await apt('update');
  options.onProgress?.('Downloading micropython and its libraries (about 4 MB)');
  await apt('install', '--download-only', '--no-install-recommends', 'micropython');
  const archives = join(work, 'cache', 'archives');
  return (await readdir(archives)).filter((name) => name.endsWith('.deb')).map((name) => join(archives, name));
}

/** The package's own loader starts it with the package's own libraries, whatever C library this system has. */
async function writeLauncher(folder: string, root: string): Promise<void> {
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  const loader = files.find(
    (file) => /^ld(?:64|-linux[\w-]*)\.so\.\d+$/.test(file.name) && /\/lib/.test(file.parentPath),
  );
  const folders = new Set(files.filter((file) => /\.so(?:\.|$)/.test(file.name)).map((file) => file.parentPath));
  const program = join(root, 'usr/bin/micropython');
  if (!loader) {
    throw new VirtualBoardError('PROVISION_FAILED', 'the C library package holds no loader');
  }
  const at = (path: string) => `"$here/${relative(folder, path)}"`;
  const search = [...folders].map((path) => `$here/${relative(folder, path)}`).join(':');
  const script = [
    '#!/bin/sh',
    `here=$(dirname "$(readlink -f "$0")")`,
    `exec ${at(join(loader.parentPath, loader.name))} --library-path "${search}" ${at(program)} "$@"`,
    '',
  ].join('\n');
  const launcher = join(folder, 'micropython');
  await writeFile(launcher, script);
  await chmod(launcher, 0o755);
}
