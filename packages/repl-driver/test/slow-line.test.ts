import { expect, test } from 'vitest';
import { openBench } from './helpers.ts';

test('a line with a round trip of 700 ms is slow and no reason to say that there is no MicroPython', {
  timeout: 60_000,
}, async () => {
  await using bench = await openBench({ latencyMs: 350 });
  await expect(bench.board.exec('print(6 * 7)')).resolves.toBe('42\n');
});
