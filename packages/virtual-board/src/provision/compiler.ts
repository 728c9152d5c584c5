import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { instead } from '../debug.ts';

/** The C compiler of this machine: `CC`, or the first of cc, gcc and clang on PATH. */
export async function findCompiler(): Promise<string | undefined> {
  for (const name of [process.env.CC, 'cc', 'gcc', 'clang']) {
    const found = name ? await findOnPath(name) : undefined;
    if (found) return found;
  }
  return undefined;
}

/**
 * The path of an executable, by its name on PATH or by its own path.
 *
 * @example await findOnPath('openssl'); // '/usr/bin/openssl'
 */
export async function findOnPath(name: string): Promise<string | undefined> {
  const candidates = name.includes('/')
    ? [name]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => (folder === '' ? '' : join(folder, name)));
  for (const candidate of candidates) {
    if (candidate !== '' && (await isExecutable(candidate))) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(() => true, instead(false, `looking for ${path}`));
}
