import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { workspaceRoot } from '../src/repository.ts';
import { cleanEnvironment } from './wirewrap.ts';

const probe = pathToFileURL(join(import.meta.dirname, 'loaded-modules-probe.mjs')).href;

/** What one run of the command loaded. */
export interface LoadedModules {
  readonly exitCode: number | undefined;
  /** Our own source files, as `boards/src/index.ts`. */
  readonly ours: readonly string[];
  /** Packages of others, by name, each once. */
  readonly others: readonly string[];
}

/** Runs `wirewrap ARGS` from the source and lists every module that it loads. */
export async function modulesLoadedBy(...args: readonly string[]): Promise<LoadedModules> {
  const list = join(tmpdir(), `wirewrap-loaded-${crypto.randomUUID()}.json`);
  try {
    const { exitCode } = await execa(
      process.execPath,
      ['--import', probe, join(workspaceRoot, 'packages/cli/bin/wirewrap.mjs'), ...args],
      { env: cleanEnvironment({ LOADED_MODULES: list }), extendEnv: false, reject: false, timeout: 60_000 },
    );
    const paths = JSON.parse(await readFile(list, 'utf8')) as string[];
    const foreign = paths.flatMap((path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
    const packages = join(workspaceRoot, 'packages');
    return {
      exitCode,
      ours: paths
        .filter((path) => path.includes('/src/') && !path.includes('/node_modules/'))
        .map((path) => relative(packages, path)),
      others: [...new Set(foreign)].toSorted(),
    };
  } finally {
    await rm(list, { force: true });
  }
}
