import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedDebianSource } from '@wirewrap/virtual-board';
import { CliError } from '../../errors.ts';

/** Where BoGo comes from. Nothing of it lies in this repository. */
const SOURCE = { package: 'android-platform-external-boringssl', suite: 'bookworm' } as const;

/** What the runner is built from, below BoringSSL's `src`. */
const PATHS = ['ssl/test/runner', 'util/testresult', 'go.mod', 'go.sum'];

/** SHA-256 of the `runner.go` that bogo.json was reviewed with: Debian's 13.0.0+r24. */
const REVIEWED = '3f3f514c28102af3484964a899f020d488ea275df1c2f969987bc555ad5e9540';

export interface RunnerFilesOptions {
  /** A folder with BoringSSL's sources instead of Debian's package. */
  readonly folder?: string | undefined;
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/** BoringSSL's `src` with the runner that bogo.json was reviewed with: the folder given, or Debian's package in the cache. */
export async function runnerFiles({ folder, onProgress, signal }: RunnerFilesOptions): Promise<string> {
  const paths = PATHS.map((path) => `src/${path}`);
  const source = folder ?? join(await cachedDebianSource({ ...SOURCE, paths, onProgress, signal }), 'src');
  const file = join(source, 'ssl/test/runner/runner.go');
  const text = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const remedy = "give BoringSSL's folder with --sources, the one that holds ssl/test/runner, or leave it out";
    throw new CliError('BAD_FILE', `There are no sources of BoGo in ${source} (${cause.code}); ${remedy}.`, { cause });
  });
  const found = createHash('sha256').update(text).digest('hex');
  if (found !== REVIEWED) {
    throw new CliError(
      'BAD_FILE',
      `${file} is another version of BoGo (SHA-256 ${found.slice(0, 12)}) than the one that bogo.json judges (${REVIEWED.slice(0, 12)}, Debian's ${SOURCE.package} of ${SOURCE.suite}); use that one, or leave --sources out.`,
    );
  }
  return source;
}
