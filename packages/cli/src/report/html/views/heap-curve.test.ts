import { expect, test } from 'vitest';
import type { Distribution } from '../model/page-model.ts';
import { drawHeapCurve, isHeapCurve } from './heap-curve.ts';

const values = [120_000, 90_000, 30_000, 118_000].map((value, index) => ({ case: `case/${index}`, value }));
const curve: Distribution = {
  name: 'C heap free',
  unit: 'bytes',
  rows: [{ label: 'esp32 1.27.0', run: 0, values, median: 104_000 }],
};

test('the heap of a run is a line in the order of the cases, its lowest point named', () => {
  expect(isHeapCurve(curve)).toBe(true);
  expect(isHeapCurve({ ...curve, name: 'heap kept' })).toBe(false);
  const drawn = String(drawHeapCurve(curve));
  expect(drawn.match(/<path class="line" d="(M[\d.]+ [\d.]+(?:L[\d.]+ [\d.]+){3})"/)).not.toBeNull();
  expect(drawn).toMatch(/esp32 1\.27\.0: lowest .*, at case 3, case\/2/);
  const heights = [...drawn.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, height]) => Number(height));
  // Less heap lies lower on the page; the reset after the third case steps up again.
  expect(heights[2]).toBeGreaterThan(heights[1] ?? 0);
  expect(heights[3]).toBeLessThan(heights[2] ?? 0);
});

test('one case and none are drawn too', () => {
  const [one] = values;
  const rows = [
    { label: 'a', run: 0, values: one ? [one] : [], median: 120_000 },
    { label: 'b', run: null, values: [], median: Number.NaN },
  ];
  expect(String(drawHeapCurve({ ...curve, rows }))).not.toContain('NaN');
});
