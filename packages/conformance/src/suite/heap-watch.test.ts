import { MicroPythonError } from '@wirewrap/repl-driver';
import { expect, test } from 'vitest';
import { HeapWatch } from './heap-watch.ts';

type Regions = readonly (readonly [number, number, number, number])[];

function boardSaying(...answers: readonly (Regions | Error)[]) {
  let asked = 0;
  return {
    get asked() {
      return asked;
    },
    evaluate: async () => {
      const answer = answers[asked++];
      if (answer instanceof Error) throw answer;
      return answer as never;
    },
  };
}

test('what a connection takes is learned from the low that it leaves, over all regions', async () => {
  const watch = new HeapWatch();
  const board = boardSaying(
    [
      [100_000, 90_000, 60_000, 85_000],
      [20_000, 10_000, 8_000, 10_000],
    ],
    [
      [100_000, 89_000, 60_000, 45_000],
      [20_000, 10_000, 8_000, 10_000],
    ],
  );
  expect(await watch.read(board)).toEqual({ free: 100_000, largest: 60_000, lowest: 95_000 });
  expect(watch.short).toBe(false);
  await watch.read(board);
  expect(watch.taken).toBe(45_000);
  expect(watch.short).toBe(false);
});

test.for([
  { name: 'less is free than a connection takes', free: 50_000, largest: 40_000, short: true },
  { name: 'no block is left for the input buffer', free: 90_000, largest: 16_000, short: true },
  { name: 'there is enough', free: 90_000, largest: 40_000, short: false },
])('$name: short is $short', async ({ free, largest, short }) => {
  const watch = new HeapWatch();
  const board = boardSaying(
    [[100_000, 100_000, 60_000, 95_000]],
    [[100_000, 99_000, 60_000, 50_000]],
    [[100_000, free, largest, 50_000]],
  );
  for (let i = 0; i < 3; i += 1) await watch.read(board);
  expect(watch.taken).toBe(50_000);
  expect(watch.short).toBe(short);
  watch.forget();
  expect(watch.short).toBe(false);
  expect(watch.taken).toBe(50_000);
});

test('a board that never had more is not reset for it', async () => {
  const watch = new HeapWatch();
  const board = boardSaying([[20_000, 15_000, 9_000, 14_000]], [[20_000, 15_000, 9_000, 2_000]]);
  for (let i = 0; i < 2; i += 1) await watch.read(board);
  expect(watch.taken).toBe(13_000);
  expect(watch.short).toBe(false);
});

const raised = (type: string): MicroPythonError =>
  Object.assign(Object.create(MicroPythonError.prototype), { type, args: [] });

test('a board without the function is asked once; one that was out of memory is asked again', async () => {
  const other = boardSaying(raised('ImportError'), [[1, 1, 1, 1]]);
  const watch = new HeapWatch();
  expect(await watch.read(other)).toBeNull();
  expect(await watch.read(other)).toBeNull();
  expect(other.asked).toBe(1);
  const full = boardSaying(raised('MemoryError'), [[100, 50, 40, 30]]);
  const again = new HeapWatch();
  expect(await again.read(full)).toBeNull();
  expect(await again.read(full)).toEqual({ free: 50, largest: 40, lowest: 30 });
});
