import { expect, test } from 'vitest';
import { speaksOf } from './firmware-range.ts';

test.for([
  ['*', '1.9', true],
  ['>=1.20', '1.19.1', false],
  ['>=1.20', '1.20.0', true],
  ['>=1.9', '1.20.0', true],
  ['<1.23', '1.23.0', false],
  ['>=1.20 <1.29', '1.28.0', true],
  ['>=1.20 <1.29', '1.29.0', false],
] as const)('%s speaks of %s: %s', ([range, version, expected]) => {
  expect(speaksOf(range, version)).toBe(expected);
});

test('a range that cannot be read is refused', () => {
  expect(() => speaksOf('1.20+', '1.20')).toThrow('no range of versions');
});
