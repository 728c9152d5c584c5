import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { readRunRecord, writeRunRecord } from '@wirewrap/conformance';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs `wirewrap test` on the virtual board, with a folder of results of its own. */
async function wirewrap(results: string, ...words: readonly string[]) {
  const command = join(root, 'packages/cli/bin/wirewrap.mjs');
  const env = { VITEST: undefined, WIREWRAP_RESULTS: results, WIREWRAP_BOARD: undefined };
  const { exitCode, stdout, all } = await execa('node', [command, 'test', '--board=virtual', ...words], {
    cwd: root,
    env,
    reject: false,
    all: true,
  });
  const [name = ''] = (await readdir(join(results, 'virtual'))).filter((file) => /^\d{4}-.*Z\.json$/.test(file));
  const text = stripVTControlCharacters(all);
  return { exitCode, stdout, text, record: await readRunRecord(join(results, 'virtual', name)) };
}

test('one case of a claim that needs only some of its cases keeps a good board green, and is no whole run', async () => {
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const { exitCode, text, record } = await wirewrap(results, '-t', '^client/version/TLSv1.2$');
  expect(text).toContain('Green:');
  expect(exitCode).toBe(0);
  expect(record.observations.map((item) => item.case)).toEqual(['client/version/TLSv1.2']);
  expect(record.run).toMatchObject({ whole: false, interrupted: false, notRun: [], lost: [] });
  expect(record.run?.filter).toContain('client/version/TLSv1.2');
  expect(record.claims.find(({ id }) => id === 'book/not-all-versions')).toMatchObject({ because: 'not-asked' });
  expect(await readdir(results)).not.toContain('latest.json');
});

test('a difference from the baseline is a test that fails, with the case in its message', async () => {
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const first = await wirewrap(results, '--claim=book/one-function');
  expect(first.exitCode).toBe(0);
  const baseline = join(results, 'baseline.json');
  const observations = [{ case: 'module/functions', value: ['wrap_socket', 'more'] }];
  await writeRunRecord(baseline, { ...first.record, observations });
  const again = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const { exitCode, text } = await wirewrap(again, '--claim=book/one-function', `--baseline=${baseline}`);
  expect(exitCode).toBe(1);
  expect(text).toContain(`FAILED module: as in ${baseline}`);
  expect(text.replaceAll(/\s+/g, ' ')).toContain(`1 observation changed against ${baseline} (module/functions)`);
});
