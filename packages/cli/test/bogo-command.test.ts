import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findOnPath } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wirewrap } from './wirewrap.ts';

const hasGo = (await findOnPath('go')) !== undefined;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-bogo-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function expectOneSentence(args: readonly string[], message: RegExp, env: Record<string, string> = {}) {
  const out = join(folder, 'record.json');
  const { exitCode, stderr } = await wirewrap(['bogo', '--board=virtual', `--out=${out}`, ...args], env);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(await readdir(folder)).not.toContain('record.json');
}

describe('wirewrap bogo says in one sentence, and writes nothing, when', () => {
  test('there is no Go', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    const path = (process.env.PATH ?? '').split(delimiter).filter((each) => !existsSync(join(each, 'go')));
    const env = { PATH: path.join(delimiter), XDG_CACHE_HOME: empty };
    await expectOneSentence([], /builds BoringSSL's runner with Go, and there is no go on PATH: install it/, env);
  });

  test.skipIf(!hasGo)('there are no sources (needs go)', async () => {
    await expectOneSentence([`--sources=${folder}`], /There are no sources of BoGo in .* \(ENOENT\); give BoringSSL's/);
  });

  test.skipIf(!hasGo)('the sources are of another version (needs go)', async () => {
    const runner = join(folder, 'other/ssl/test/runner');
    await mkdir(runner, { recursive: true });
    await writeFile(join(runner, 'runner.go'), 'package runner\n');
    await expectOneSentence([`--sources=${join(folder, 'other')}`], /runner\.go is another version of BoGo/);
  });

  test('the time is no number', async () => {
    await expectOneSentence(['--idle=long'], /--idle=long is no number of seconds/);
  });

  test('the baseline is none', async () => {
    const file = join(folder, 'baseline.json');
    await writeFile(file, '{ "schema": "wirewrap.run-record/1" }');
    await expectOneSentence([`--baseline=${file}`], /baseline\.json is no wirewrap\.bogo\/1; name a file/);
  });
});

test.skipIf(!hasGo)(
  'cases of both roles run on one board session, each with its label and reason (needs go)',
  { timeout: 900_000 },
  async () => {
    const out = join(folder, 'bogo.json');
    const asked = ['KeyUpdate-ToClient', 'BadFinished-*', 'NoSharedCipher*', 'SendFallbackSCSV'];
    const args = ['bogo', '--board=virtual', `--out=${out}`, ...asked.map((glob) => `--case=${glob}`)];
    const { exitCode, stdout, stderr } = await wirewrap(args, {}, process.cwd(), 850_000);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(/^BoGo: \d+ cases\n/);
    const { results } = JSON.parse(await readFile(out, 'utf8'));
    const find = (id: string) => results.find((result: { id: string }) => result.id === id);
    expect(find('BadFinished-Client')).toMatchObject({ role: 'client', label: 'passed' });
    expect(find('BadFinished-Server')).toMatchObject({ role: 'server', label: 'passed' });
    expect(find('KeyUpdate-ToClient')).toMatchObject({
      label: 'expected',
      reason: expect.stringContaining('KeyUpdate'),
    });
    expect(find('SendFallbackSCSV')).toMatchObject({
      label: 'unimplemented',
      reason: expect.stringContaining('-fallback-scsv'),
    });
    // The same again is no difference.
    const again = await wirewrap([...args, '--json', `--baseline=${out}`], {}, process.cwd(), 850_000);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ results: expect.any(Array), changes: [] });
  },
);

test.skipIf(!hasGo)('a case that BoGo does not have is one sentence (needs go)', { timeout: 900_000 }, async () => {
  const args = ['bogo', '--board=virtual', `--out=${join(folder, 'none.json')}`, '--case=NoSuchCase'];
  const { exitCode, stderr } = await wirewrap(args, {}, process.cwd(), 850_000);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('BoGo has no case NoSuchCase') });
  expect(await readdir(folder)).not.toContain('none.json');
});
