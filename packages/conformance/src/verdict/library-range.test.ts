import { expect, test } from 'vitest';
import { isInRanges } from './library-range.ts';

test.for([
  ['3.6.6', ['<3.6.7'], true],
  ['3.6.7', ['<3.6.7'], false],
  ['3.6.10', ['<3.6.7'], false],
  ['2.28.9', ['<3.6.7'], true],
  ['3.2.0', ['>=3.3.0 <3.6.6'], false],
  ['3.3.0', ['>=3.3.0 <3.6.6'], true],
  ['4.0.0', ['>=3.3.0 <3.6.6', '>=4.0.0 <4.1.0'], true],
  ['4.1.0', ['>=3.3.0 <3.6.6', '>=4.0.0 <4.1.0'], false],
] as const)('%s in %j: %s', ([version, ranges, expected]) => {
  expect(isInRanges(version, ranges)).toBe(expected);
});

test('a range that is written in another way is refused', () => {
  expect(() => isInRanges('3.6.6', ['<=3.6'])).toThrow('<=3.6 is no range');
});
