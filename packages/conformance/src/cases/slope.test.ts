import { expect, test } from 'vitest';
import { slopeOf } from './slope.ts';

const curve = (value: (index: number) => number): number[] => Array.from({ length: 24 }, (_, index) => value(index));

test.for([
  ['level', curve(() => 5), 0],
  ['a steady rise', curve((index) => index * 120), 120],
  ['one large piece', curve((index) => (index < 9 ? 0 : 135_168)), 0],
  ['one large piece in the middle', curve((index) => (index < 12 ? 0 : 135_168)), 0],
  ['readings that are off', curve((index) => (index % 11 === 4 ? 90_000 : index * 10)), 10],
  ['a fall', curve((index) => -10 * index), -10],
] as const)('%s', ([, readings, slope]) => {
  expect(slopeOf(readings)).toBeCloseTo(slope, 0);
});

test('a step every third connection is a slope', () => {
  expect(slopeOf(curve((index) => Math.floor(index / 3) * 12_288))).toBeGreaterThan(3_500);
});

test('too few readings are refused', () => {
  expect(() => slopeOf([1, 2, 3])).toThrow('3 readings make no slope');
});
