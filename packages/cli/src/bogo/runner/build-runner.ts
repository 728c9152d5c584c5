import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheFolder, findOnPath, makeCacheFolder } from '@wirewrap/virtual-board';
import { execa } from 'execa';
import { CliError } from '../../errors.ts';
import { type RunnerFilesOptions, runnerFiles } from './runner-files.ts';

const BUILD_TIMEOUT_MS = 600_000;

/** BoGo's runner, built: the executable, and the folder with its keys and certificates. */
export interface BogoRunner {
  readonly executable: string;
  readonly resources: string;
}

/** Changes with what is built from which sources, so that an older runner is built again. */
const NAME = '13.0.0+r24-1';

/** The runner from the cache; at the first call it is fetched and built with Go, which takes about a minute. */
export async function bogoRunner(options: RunnerFilesOptions): Promise<BogoRunner> {
  const cache = cacheFolder('bogo');
  const folder = join(cache, `${NAME}-${process.platform}-${process.arch}`);
  const built = { executable: join(folder, 'runner'), resources: join(folder, 'ssl/test/runner') };
  // Sources of the user's own are looked at even when there is a runner: they may be of another version.
  if (options.folder === undefined && existsSync(built.executable)) return built;
  const go = await findOnPath('go');
  if (go === undefined) {
    throw new CliError(
      'MISSING_TOOL',
      "wirewrap bogo builds BoringSSL's runner with Go, and there is no go on PATH: install it (on Debian: apt install golang-go).",
    );
  }
  const sources = await runnerFiles(options);
  if (existsSync(built.executable)) return built;
  await makeCacheFolder(cache);
  const partial = await mkdtemp(join(cache, `partial-${process.pid}-`));
  try {
    for (const path of ['ssl/test/runner', 'util/testresult', 'go.mod', 'go.sum']) {
      await cp(join(sources, path), join(partial, path), { recursive: true });
    }
    options.onProgress?.("Building BoGo's runner with Go (about a minute)");
    await build(go, partial, options.signal);
    // Two that build at once make the same; the first one stays.
    if (!existsSync(folder)) await rename(partial, folder);
    return built;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function build(go: string, folder: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await execa(go, ['test', '-c', '-o', 'runner', './ssl/test/runner'], {
      cwd: folder,
      env: { GOFLAGS: '-mod=mod -buildvcs=false' },
      stdin: 'ignore',
      timeout: BUILD_TIMEOUT_MS,
      cancelSignal: signal,
    });
  } catch (cause) {
    signal?.throwIfAborted();
    const {
      stderr = '',
      timedOut,
      shortMessage = '',
    } = cause as Record<'stderr' | 'shortMessage', string> & { timedOut?: boolean };
    const why = timedOut ? `not ready within ${BUILD_TIMEOUT_MS / 60_000} min` : firstError(stderr) || shortMessage;
    throw new CliError(
      'HOST',
      `BoGo's runner could not be built with ${basename(go)} (${why}): it needs golang.org/x/crypto and golang.org/x/net once, from Go's module proxy.`,
      { cause },
    );
  }
}

function firstError(stderr: string): string {
  return stderr.split('\n').find((line) => line !== '' && !/^(#|go: downloading)/.test(line)) ?? '';
}
