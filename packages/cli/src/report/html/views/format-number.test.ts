import { expect, test } from 'vitest';
import { formatMeasured, niceScale } from './format-number.ts';

test.for([
  [7, 'ms', '7 ms'],
  [7.25, 'ms', '7.3 ms'],
  [12_500, 'ms', '12.5 s'],
  [640, 'bytes', '640 B'],
  [23_962, 'bytes', '23.4 KB'],
  [-48, 'bytes', '-48 B'],
  [3, 'count', '3'],
] as const)('%d %s is %s', ([value, unit, text]) => {
  expect(formatMeasured(value, unit)).toBe(text);
});

test.for([
  [[0], 0, 1],
  [[7, 43], 0, 50],
  [[820], 0, 1000],
  [[0.3], 0, 1],
  [[-30, 70], -30, 80],
  [[-224, 0], -300, 0],
  [[], 0, 1],
] as const)('%j is drawn from %d to %d', ([values, low, high]) => {
  expect(niceScale(values)).toEqual({ low, high });
});
