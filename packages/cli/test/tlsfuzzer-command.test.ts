import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workspaceRoot } from '../src/repository.ts';
import { findTlsfuzzer } from '../src/tlsfuzzer/runner/find-tlsfuzzer.ts';
import { wirewrap } from './wirewrap.ts';

const tlsfuzzer = await findTlsfuzzer({ env: process.env }).catch(() => null);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-tlsfuzzer-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('wirewrap tlsfuzzer says in one sentence, and writes nothing, when', () => {
  const expectOneSentence = async (args: readonly string[], message: RegExp, env: Record<string, string> = {}) => {
    const out = join(folder, 'record.json');
    const { exitCode, stderr } = await wirewrap(['tlsfuzzer', '--board=virtual', `--out=${out}`, ...args], env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await readdir(folder)).not.toContain('record.json');
  };

  test('there is no tlsfuzzer', () =>
    expectOneSentence(
      [`--sources=${folder}`],
      /There is no tlsfuzzer in .* \(ENOENT\): git clone .* or name its folder/,
    ));

  test('the variable names no tlsfuzzer', () =>
    expectOneSentence([], /There is no tlsfuzzer in \/nowhere \(ENOENT\)/, { WIREWRAP_TLSFUZZER: '/nowhere' }));

  test('it is another version', async () => {
    const scripts = join(folder, 'other/tlsfuzzer/_apps');
    await mkdir(scripts, { recursive: true });
    await writeFile(join(scripts, 'test_ccs.py'), 'pass\n');
    await expectOneSentence(
      [`--sources=${join(folder, 'other')}`],
      /other is another version of tlsfuzzer .*check out/,
    );
  });

  test('no script has the name', () => expectOneSentence(['--case=nope'], /No script that is run is named nope/));

  test.for(['idle', 'sample'])('--%s is no number', (name) =>
    expectOneSentence([`--${name}=some`], new RegExp(`--${name}=some is no number above zero`)),
  );

  test('the baseline is none', async () => {
    const file = join(folder, 'baseline.json');
    await writeFile(file, '{ "schema": "wirewrap.bogo/1", "results": [] }');
    await expectOneSentence([`--baseline=${file}`], /baseline\.json is no wirewrap\.tlsfuzzer\/1; name a file/);
  });
});

test('--list names the scripts and needs neither board nor tlsfuzzer', async () => {
  const { exitCode, stdout } = await wirewrap(['tlsfuzzer', '--list', '--case=encrypt-then-mac*'], {
    WIREWRAP_TLSFUZZER: '/nowhere',
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'encrypt-then-mac\nencrypt-then-mac-renegotiation' });
});

test.skipIf(tlsfuzzer === null)(
  'a script runs on one board session, and each difference is explained (needs tlsfuzzer and tlslite-ng)',
  { timeout: 300_000 },
  async () => {
    const out = join(folder, 'tlsfuzzer.json');
    const args = ['tlsfuzzer', '--board=virtual', '--case=encrypt-then-mac', `--out=${out}`];
    const { exitCode, stderr } = await wirewrap(args, {}, process.cwd(), 280_000);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const { results } = JSON.parse(await readFile(out, 'utf8'));
    expect(results).toContainEqual(
      expect.objectContaining({ id: 'encrypt-then-mac/Encrypt-then-MAC smoke test', role: 'server', label: 'passed' }),
    );
  },
);

test.skipIf(tlsfuzzer === null)(
  'of a script with many conversations the same are taken each time (needs tlsfuzzer and tlslite-ng)',
  { timeout: 300_000 },
  async () => {
    const args = ['tlsfuzzer', '--board=virtual', '--case=fuzzed-plaintext', `--out=${join(folder, 'sample.json')}`];
    const baseline = `--baseline=${join(workspaceRoot, 'fixtures/baselines/tlsfuzzer-debian-1.25.0.json')}`;
    const { stdout, stderr } = await wirewrap([...args, baseline, '--json'], {}, process.cwd(), 280_000);
    expect(JSON.parse(stdout), stderr).toMatchObject({ results: { length: 11 }, changes: [] });
  },
);
