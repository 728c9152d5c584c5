import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { compareRuns, formatComparison, readRunRecord } from '../src/index.ts';

const inRepository = (path: string) => new URL(`../../../${path}`, import.meta.url).pathname;

interface Difference {
  readonly case: string;
  readonly esp32: string;
  readonly here: string;
}

/** The rows of the table in docs/virtual-board.md, with the reason that each has to give. */
async function documented(): Promise<readonly (Difference & { readonly why: string })[]> {
  const page = await readFile(inRepository('docs/virtual-board.md'), 'utf8');
  const table = page.slice(page.indexOf("## An engine like an ESP32's")).split('\n## ')[0] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const [id = '', esp32 = '', here = '', why = ''] = row.slice(1, -1).split('|');
    return { case: id.replaceAll('`', '').trim(), esp32: esp32.trim(), here: here.trim(), why: why.trim() };
  });
}

test('the virtual board like an ESP32 differs from the real firmware where docs/virtual-board.md says, and nowhere else', async () => {
  const chip = await readRunRecord(inRepository('fixtures/firmware-runs/esp32-1.26.1.json'));
  const like = await readRunRecord(inRepository('fixtures/baselines/esp32-like-1.26.1.json'));
  const comparison = compareRuns(chip, like);
  const changes = formatComparison(comparison).matchAll(/^changed {2}(\S+)\n {2}- (.*)\n {2}\+ (.*)$/gm);
  const found = [...changes].map(([, id = '', esp32 = '', here = '']) => ({ case: id, esp32, here }));
  // A case that is newer than the chip's record is in no row.
  const differing = comparison.observations.filter(({ change }) => change !== 'appeared');
  expect(found).toHaveLength(differing.length);

  const rows = await documented();
  expect(rows.map(({ why: _, ...difference }) => difference)).toEqual(found);
  for (const { case: id, why } of rows) expect(why, id).not.toBe('');
  expect(found.length).toBeLessThanOrEqual(25);
  expect(comparison.same).toBeGreaterThanOrEqual(1380);
});
