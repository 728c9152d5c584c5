import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CertgenError } from '../errors.ts';
import { log } from '../log.ts';
import { makeFolder, writeWhole } from '../write-aside.ts';
import { README_MARK } from './readme.ts';

/** Names of the files that a profile's folder may hold. */
const OURS = /^(?:(?:leaf|chain|key|combined|ca|crl|intermediates|intermediate-\d+)\.(?:pem|der)|bundle\.p12)$/;

/** Makes the folder, and refuses one that is somebody else's: a README.md or index.json of another kind would be lost. */
export async function prepareFolder(out: string): Promise<void> {
  orRefuse(out, 'cannot be used as a folder', () => makeFolder(out));
  const readme = await readText(join(out, 'README.md'));
  if (readme !== null && !readme.includes(README_MARK)) throw foreign(out, 'README.md');
  const index = await readText(join(out, 'index.json'));
  if (index !== null && isOtherJson(index)) throw foreign(out, 'index.json');
}

/** Removes what an earlier run left in a profile's folder, and nothing else. */
export async function clearFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    log('%s is not cleared: %s', folder, error.code);
    return [];
  });
  await Promise.all(names.filter((name) => OURS.test(name)).map((name) => rm(join(folder, name), { force: true })));
}

/** Writes a file whole; what the system refuses becomes a sentence. */
export function writeOut(path: string, content: string | Uint8Array, mode = 0o644): void {
  orRefuse(path, 'cannot be written', () => writeWhole(path, content, mode));
}

/** An error of the system becomes a `CertgenError` in one sentence. */
function orRefuse(path: string, what: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CertgenError('BAD_REQUEST', `${path} ${what} (${code}): name another folder with --out.`, { cause });
  }
}

function foreign(out: string, name: string): CertgenError {
  const problem = `${join(out, name)} was not written by \`wirewrap certs\` and would be lost`;
  return new CertgenError('BAD_REQUEST', `${problem}: name another folder with --out.`);
}

async function readText(path: string): Promise<string | null> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    log('%s is not read: %s', path, error.code);
    return null;
  });
}

/** A damaged index is ours to write again; valid JSON of another shape belongs to somebody else. */
function isOtherJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return !(typeof value === 'object' && value !== null && 'profiles' in value && Array.isArray(value.profiles));
  } catch (error) {
    log('index.json is not JSON and will be written again: %s', (error as Error).message);
    return false;
  }
}
