import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, openBench } from './helpers.ts';

/** MicroPython's collector is conservative: a reading may count a block that nothing holds. The best of so many has none. */
const ROUNDS = 10;

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ heapBytes: 200 * 1024 });
});
afterAll(() => bench[Symbol.asyncDispose]());

test('the free heap is told without the agent, and reading it leaves nothing on the board', async () => {
  const { board } = bench;
  await board.reset();
  const bare = await board.heap();
  expect(bare).toMatchObject({ native: null });
  expect(bare.largest).toBeGreaterThan(100_000);
  expect(bare.largest).toBeLessThanOrEqual(bare.free);
  // Reading again costs nothing but names that the interpreter keeps; the first call then brings the agent, which does.
  const again: number[] = [];
  for (let round = 0; round < ROUNDS; round++) again.push((await board.heap()).free);
  expect(bare.free - Math.max(...again)).toBeLessThan(1_000);
  await board.exec('pass');
  const agent = await board.heap();
  expect(bare.free - agent.free).toBeGreaterThan(2_000);
  expect(await board.evaluate("'gc' in globals() or 'sys' in globals()")).toBe(false);
});

test('what a program keeps is missing afterwards, in the whole and in the largest block', async () => {
  const { board } = bench;
  const missing: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = await board.heap();
    await board.exec('kept = bytearray(40000)');
    const after = await board.heap();
    missing.push(before.free - after.free);
    expect(after.largest).toBeLessThanOrEqual(after.free);
    await board.exec('del kept');
  }
  expect(Math.max(...missing)).toBeGreaterThanOrEqual(40_000);
  expect(Math.min(...missing)).toBeLessThan(41_000);
});

test('a file that is called like the module does not stand in the way', async () => {
  const { board } = bench;
  await board.files.sync('/', { 'gc.py': 'raise ValueError', 'micropython.py': 'raise ValueError' });
  await board.reset();
  await expect(board.heap()).resolves.toMatchObject({ native: null });
});

test('a firmware that does not tell is named, and the session goes on', async () => {
  const { board } = bench;
  await board.exec('import gc\ndel gc.mem_free').catch(() => {});
  await board.exec("import sys\nsys.modules['micropython'] = 0");
  await expect(board.heap()).rejects.toMatchObject({ code: 'PROTOCOL', message: /does not tell .*mem_info/ });
  await expect(board.evaluate('1 + 1')).resolves.toBe(2);
});
