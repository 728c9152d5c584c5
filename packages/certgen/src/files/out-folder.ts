import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CertgenError } from '../errors.ts';
import { readmeMark } from './readme.ts';

/** Names of the files that a profile's folder may hold. */
const ours = /^(?:(?:leaf|chain|key|combined|ca|crl|intermediates|intermediate-\d+)\.(?:pem|der)|bundle\.p12)$/;

/** Makes the folder, and refuses one that is somebody else's: a README.md or index.json of another kind would be lost. */
export async function prepareFolder(out: string): Promise<void> {
  await told(out, 'cannot be used as a folder', () => makeFolder(out));
  const readme = await readText(join(out, 'README.md'));
  if (readme !== null && !readme.includes(readmeMark)) throw foreign(out, 'README.md');
  const index = await readText(join(out, 'index.json'));
  if (index !== null && isOtherJson(index)) throw foreign(out, 'index.json');
}

/** Removes what an earlier run left in a profile's folder, and nothing else. */
export async function clearFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  await Promise.all(names.filter((name) => ours.test(name)).map((name) => rm(join(folder, name), { force: true })));
}

/** Readers see the old file or the new one, never half of one. */
export async function writeWhole(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  const aside = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  await told(path, 'cannot be written', async () => {
    await makeFolder(dirname(path));
    try {
      await writeFile(aside, content, { mode, flag: 'wx' });
      await rename(aside, path);
    } finally {
      await rm(aside, { force: true });
    }
  });
}

/** Node's own recursive mkdir never returns where a file system says ENOENT below a folder that is there (/proc). */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || (await isThere(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

/** What the system refuses is told in a sentence. */
async function told(path: string, what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
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
  return await readFile(path, 'utf8').catch(() => null);
}

/** A damaged index is ours to write anew; a sound file of another shape is not. */
function isOtherJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return !(typeof value === 'object' && value !== null && 'profiles' in value && Array.isArray(value.profiles));
  } catch {
    return false;
  }
}
