import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedDebianSource } from '@wirewrap/virtual-board';
import { CliError } from '../errors.ts';

/** Where MicroPython's tests come from. Nothing of them lies in this repository. */
const SOURCE = { package: 'micropython', suite: 'trixie' } as const;

/** What is run of them: tests of `ssl` and `tls` on one board, and between two. */
const PATHS = ['tests/extmod', 'tests/multi_net'];

export interface FetchTestsOptions {
  /** A folder with MicroPython's sources instead of Debian's package. */
  readonly folder?: string | undefined;
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/** MicroPython's folder `tests`: of the sources given, or of Debian's package in the cache. */
export async function fetchTests({ folder, onProgress, signal }: FetchTestsOptions): Promise<string> {
  const source = folder ?? (await cachedDebianSource({ ...SOURCE, paths: PATHS, onProgress, signal }));
  for (const path of PATHS) {
    await access(join(source, path)).catch((cause: NodeJS.ErrnoException) => {
      throw new CliError(
        'BAD_FILE',
        `There is no ${path} in ${source} (${cause.code}): give a folder with MicroPython's sources by --sources, or leave it out.`,
        { cause },
      );
    });
  }
  return join(source, 'tests');
}
