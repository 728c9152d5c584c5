import { exec } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPki, explainProfile, PROFILES, writeCertificates } from '../src/index.ts';
import { opensslVersion } from './openssl.ts';

const run = promisify(exec);
const version = await opensslVersion();
const folder = await mkdtemp(join(tmpdir(), 'wirewrap-written-'));
const pki = createPki({ cacheFolder: join(folder, 'cache') });
const out = join(folder, 'out');

beforeAll(() => writeCertificates({ pki, out }));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function index(): Promise<{ schema: number; profiles: { name: string; files: string[]; host: string }[] }> {
  return JSON.parse(await readFile(join(out, 'index.json'), 'utf8'));
}

test('every profile has its folder, its row in index.json and its line in the README', async () => {
  const { schema, profiles: entries } = await index();
  expect(schema).toBe(1);
  expect(entries.map(({ name }) => name)).toEqual(PROFILES.map(({ name }) => name));
  const readme = await readFile(join(out, 'README.md'), 'utf8');
  for (const { name, files } of entries) {
    expect((await readdir(join(out, name))).sort()).toEqual(files.toSorted());
    expect(readme).toContain(`| \`${name}\` `);
  }
});

test('whatever holds a private key is for its owner only', async () => {
  for (const { name, files } of (await index()).profiles) {
    for (const file of files) {
      const content = await readFile(join(out, name, file), 'latin1');
      const secret = content.includes('PRIVATE KEY') || file.startsWith('key.') || file.endsWith('.p12');
      if (secret) expect((await stat(join(out, name, file))).mode & 0o077, `${name}/${file}`).toBe(0);
    }
  }
});

test('one profile can be written again without losing the others', async () => {
  await writeCertificates({ pki, out, profiles: ['expired'], host: 'again.test' });
  const { profiles: entries } = await index();
  expect(entries).toHaveLength(PROFILES.length);
  expect(entries.find(({ name }) => name === 'expired')?.host).toBe('again.test');
  await writeCertificates({ pki, out, profiles: ['expired'] });
});

test('a damaged index.json is written anew', async () => {
  const elsewhere = join(folder, 'damaged');
  await mkdir(elsewhere);
  await writeFile(join(elsewhere, 'index.json'), '{"profiles": [');
  await writeCertificates({ pki, out: elsewhere, profiles: ['good'] });
  expect(JSON.parse(await readFile(join(elsewhere, 'index.json'), 'utf8')).profiles).toHaveLength(1);
});

test('bad input is one sentence', async () => {
  await expect(writeCertificates({ pki, out, profiles: ['god'] })).rejects.toThrow('did you mean good?');
  const occupied = join(out, 'README.md');
  await expect(writeCertificates({ pki, out: occupied })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test.for([
  ['README.md', '# My project\n'],
  ['index.json', '{ "name": "mine" }\n'],
] as const)('a folder whose %s is somebody else’s is left alone', async ([name, text]) => {
  const elsewhere = await mkdtemp(join(folder, 'foreign-'));
  await writeFile(join(elsewhere, name), text);
  const writing = writeCertificates({ pki, out: elsewhere, profiles: ['good'] });
  await expect(writing).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining(name) });
  expect(await readdir(elsewhere)).toEqual([name]);
  expect(await readFile(join(elsewhere, name), 'utf8')).toBe(text);
});

test('files of others in a profile’s folder stay; those of an earlier run go', async () => {
  const elsewhere = await mkdtemp(join(folder, 'kept-'));
  await mkdir(join(elsewhere, 'good'));
  await writeFile(join(elsewhere, 'good', 'notes.txt'), 'mine');
  await writeFile(join(elsewhere, 'good', 'intermediate-1.der'), 'stale');
  await writeCertificates({ pki, out: elsewhere, profiles: ['good'] });
  const names = await readdir(join(elsewhere, 'good'));
  expect(names).toContain('notes.txt');
  expect(names).not.toContain('intermediate-1.der');
});

// Node's recursive mkdir never comes back from /proc.
test.skipIf(!existsSync('/proc/self'))('a folder that cannot be made is one sentence (needs /proc)', async () => {
  const writing = writeCertificates({ pki, out: '/proc/wirewrap/certs', profiles: ['good'] });
  await expect(writing).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringMatching(/\/proc.*--out/) });
});

test.skipIf(!existsSync('/dev/full'))('a place that cannot be written is one sentence (needs /dev/full)', async () => {
  const elsewhere = await mkdtemp(join(folder, 'full-'));
  await symlink('/dev/full', join(elsewhere, 'good'));
  const writing = writeCertificates({ pki, out: elsewhere, profiles: ['good'] });
  await expect(writing).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('good') });
});

/** The commands of the explanation, as a person would paste them. */
function commands(name: string): string[] {
  const lines = explainProfile(name, { folder: out }).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line.startsWith('openssl'));
}

const missing = version === null ? ' (skipped: the openssl command is missing)' : '';

describe.skipIf(version === null)(`the command that --explain prints${missing}`, () => {
  test.concurrent.for(PROFILES)('shows $name', async ({ name, openssl }) => {
    const [, verify = ''] = commands(name);
    const { output, failed } = await run(verify).then(
      ({ stdout, stderr }) => ({ output: stdout + stderr, failed: false }),
      (error) => ({ output: `${error.stdout}${error.stderr}`, failed: true }),
    );
    const verdicts: readonly (number | string)[] = [openssl.verify].flat();
    const seen = verdicts.some((said) =>
      typeof said === 'string'
        ? new RegExp(said, 'i').test(output)
        : said === 0
          ? !failed
          : output.includes(`error ${said} at`),
    );
    expect(seen, `${verify}\n${output}`).toBe(true);
  });
});
