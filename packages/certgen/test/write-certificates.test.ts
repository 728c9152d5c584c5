import { exec } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPki, explainProfile, profiles, writeCertificates } from '../src/index.ts';
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
  expect(entries.map(({ name }) => name)).toEqual(profiles.map(({ name }) => name));
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
  expect(entries).toHaveLength(profiles.length);
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
  await expect(writeCertificates({ pki, out, profiles: ['god'] })).rejects.toThrow('Did you mean good?');
  const occupied = join(out, 'README.md');
  await expect(writeCertificates({ pki, out: occupied })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

/** The commands of the explanation, as a person would paste them. */
function commands(name: string): string[] {
  const lines = explainProfile(name, { folder: out }).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line.startsWith('openssl'));
}

const missing = version === null ? ' (skipped: the openssl command is missing)' : '';

describe.skipIf(version === null)(`the command that --explain prints${missing}`, () => {
  test.concurrent.for(profiles)('shows $name', { timeout: 60_000 }, async ({ name, openssl }) => {
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
