import { expect, test } from 'vitest';
import { disturb } from './chaos.ts';

const chunk = Buffer.from('abc');

/** Yields these numbers in turn, then 0.99. */
function dice(...numbers: number[]): () => number {
  return () => numbers.shift() ?? 0.99;
}

test.for([
  ['nothing', {}, 'abc'],
  ['every byte lost', { loss: 1 }, ''],
  ['every byte twice', { duplicate: 1 }, 'aabbcc'],
  ['a dropped chunk', { drop: 1 }, ''],
] as const)('%s', ([, options, expected]) => {
  expect(disturb(chunk, { random: () => 0.5, ...options }).bytes.toString()).toBe(expected);
});

test('noise puts another byte in its place', () => {
  expect(disturb(chunk, { random: dice(0, 0.5), noise: 0.1 }).bytes).toEqual(Buffer.from([128, 98, 99]));
});

test('a delay stays below its limit', () => {
  expect(disturb(chunk, { random: dice(0, 0.5), delay: 0.1, delayMs: 20 })).toEqual({
    bytes: chunk,
    stallMs: 10,
    reset: false,
  });
});
