import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { readRunRecord, selectCases } from '@wirewrap/conformance';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const command = join(root, 'packages/cli/bin/wirewrap.mjs');
/** Quick ones, with claims of two of them. */
const suites = ['module', 'trust', 'negotiation', 'stream'];

async function run(...words: readonly string[]) {
  const results = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const env = { VITEST: undefined, WIREWRAP_RESULTS: results, WIREWRAP_BOARD: undefined };
  const named = suites.map((name) => `--suite=${name}`);
  const { exitCode, all } = await execa('node', [command, 'test', '--board=virtual', ...named, ...words], {
    cwd: root,
    env,
    reject: false,
    all: true,
  });
  const text = stripVTControlCharacters(all);
  expect(exitCode, text).toBe(0);
  const [name = ''] = (await readdir(join(results, 'virtual'))).filter((file) => /^\d{4}-.*Z\.json$/.test(file));
  return { text, record: await readRunRecord(join(results, 'virtual', name)) };
}

test('copies of the virtual board ask the suites side by side, and show and judge what one board does', async () => {
  const [together, alone] = [await run(), await run('--maxWorkers=1')];
  const copies = /asked on ([23]) copies of the virtual board/.exec(together.text.replaceAll(/\s+/g, ' '))?.[1];
  expect(together.record.run?.copies).toBe(Number(copies));
  expect(alone.record.run?.copies).toBeUndefined();
  expect(together.record.observations).toEqual(alone.record.observations);
  expect(together.record.claims).toEqual(alone.record.claims);
  const counts = /\d+ passed, 0 failed, \d+ skipped/;
  expect(counts.exec(together.text)?.[0]).toBe(counts.exec(alone.text)?.[0]);
  // Not one after the other: where they take turns, each case that follows is of the same suite but three times.
  const suiteOf = new Map(selectCases({ suites }).map(({ id, suite }) => [id, suite]));
  const turns = (text: string): number => {
    const ended = [...text.matchAll(/ ok (\S+) \(\d+ ms\)/g)].flatMap(([, id = '']) => suiteOf.get(id) ?? []);
    return ended.filter((suite, index) => index > 0 && suite !== ended[index - 1]).length;
  };
  expect(turns(alone.text)).toBe(suites.length - 1);
  expect(turns(together.text)).toBeGreaterThan(suites.length - 1);
});
