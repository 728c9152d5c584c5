import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommandContext } from '../command.ts';
import { baselineCommand } from './baseline.ts';
import { compareCommand } from './compare.ts';

const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));

async function recordFile(name: string, value: unknown): Promise<string> {
  const path = join(folder, name);
  const record = {
    schema: 'wirewrap.run-record/1',
    board: { version: '1.26.1', machine: 'ESP32' },
    claims: [],
    observations: [{ case: 'a', value }],
    measurements: [],
  };
  await writeFile(path, JSON.stringify(record));
  return path;
}

function context(positionals: readonly string[], values: CommandContext['values'] = {}) {
  let text = '';
  const stdout = { write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream;
  const signal = new AbortController().signal;
  const whole: CommandContext = { positionals, values, rest: [], env: {}, stdout, stderr: stdout, signal };
  return { whole, printed: () => text };
}

const [one, two] = [await recordFile('one.json', 1), await recordFile('two.json', 2)];

test.for([
  { files: [one, one], format: 'table', code: 0, says: 'no change in 1 observations' },
  { files: [one, two], format: 'table', code: 1, says: 'changed  a\n  - 1\n  + 2' },
  { files: [one, two], format: 'markdown', code: 1, says: '| `a` | changed | 1 | 2 |' },
  { files: [one, two], format: 'json', code: 1, says: '"changed": true' },
])('compare as $format gives exit code $code', async ({ files, format, code, says }) => {
  const { whole, printed } = context(files, { format });
  expect(await compareCommand.run(whole)).toBe(code);
  expect(printed()).toContain(says);
});

test.for([
  { files: [one], values: {}, says: 'takes two run records' },
  { files: [one, two], values: { format: 'xml' }, says: '--format=xml is unknown' },
  { files: [one, two], values: { tolerance: 'much' }, says: '--tolerance=much is no number' },
  { files: [one, join(folder, 'none.json')], values: {}, says: 'Cannot read the record' },
])('compare refuses: $says', async ({ files, values, says }) => {
  await expect(compareCommand.run(context(files, values).whole)).rejects.toThrow(says);
});

test('baseline update writes the baseline and tells what changed', async () => {
  const baseline = join(folder, 'esp32.json');
  const first = context(['update', baseline], { run: [one] });
  expect(await baselineCommand.run(first.whole)).toBe(0);
  expect(first.printed()).toContain('is new');
  const second = context(['update', baseline], { run: [two] });
  expect(await baselineCommand.run(second.whole)).toBe(0);
  expect(second.printed()).toContain('changed  a');
  await expect(baselineCommand.run(context(['accept']).whole)).rejects.toThrow('wirewrap baseline update FILE');
});
