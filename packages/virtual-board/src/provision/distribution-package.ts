import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { VirtualBoardError } from '../errors.ts';
import type { AptSource } from './apt-sources.ts';
import type { PackageSource, ProvisionOptions } from './provision-options.ts';

const APT_TIMEOUT_MS = 180_000;

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
      failures.push(`${source.suite}: ${reason(error)}`);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  throw new VirtualBoardError(
    'PROVISION_FAILED',
    `There is no micropython on PATH and the distribution's package could not be fetched (${failures.join('; ')}): connect this machine to its package mirror once, or install MicroPython's unix port (1.24 or later) and set WIREWRAP_MICROPYTHON to it.`,
  );
}

/** apt with lists, state and cache of its own: the machine's are neither read nor changed, and no root is needed. */
async function download(work: string, source: AptSource, options: ProvisionOptions): Promise<readonly string[]> {
  for (const name of ['state/lists/partial', 'cache/archives/partial', 'empty']) {
    await mkdir(join(work, name), { recursive: true });
  }
  await writeFile(join(work, 'sources.list'), `${source.line}\n`);
  await writeFile(join(work, 'status'), '');
  const settings: Readonly<Record<string, string>> = {
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': join(work, 'empty'),
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': join(work, 'empty'),
    'Dir::State': join(work, 'state'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'APT::Sandbox::User': 'root',
    'APT::Update::Error-Mode': 'any',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
    'Debug::NoLocking': '1',
  };
  const config = join(work, 'apt.conf');
  await writeFile(
    config,
    Object.entries(settings)
      .map(([name, value]) => `${name} "${value}";\n`)
      .join(''),
  );
  const apt = async (...args: string[]) =>
    await execa('apt-get', ['-q', '-y', ...args], {
      env: { APT_CONFIG: config, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
      stdin: 'ignore',
      timeout: APT_TIMEOUT_MS,
      cancelSignal: options.signal,
    });
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
  if (!loader) throw new Error('the C library package holds no loader');
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

/** One line of what a tool said. */
function reason(error: unknown): string {
  const { stderr, stdout, shortMessage, code, timedOut } = error as {
    stderr?: string;
    stdout?: string;
    shortMessage?: string;
    code?: string;
    timedOut?: boolean;
  };
  if (code === 'ENOENT') return 'apt-get or dpkg is not installed';
  if (timedOut) return `no answer within ${APT_TIMEOUT_MS / 1000} s`;
  const lines = `${stderr ?? ''}\n${stdout ?? ''}`.split('\n');
  const line =
    lines.find((text) => /^E: (?!Some index)/.test(text)) ?? lines.find((text) => /^(?:E|W|Err)[: ]/.test(text));
  return (line ?? shortMessage ?? (error as Error).message).replace(/^E: /, '').trim();
}
