import { expect, test } from 'vitest';
import { ALLOWANCE_MS, lateness, Overtime } from './lateness.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function compute(ms: number): void {
  const { user } = process.threadCpuUsage();
  while (process.threadCpuUsage().user - user < ms * 1_000);
}

/** This process does not run for so long, and computes nothing, as when the machine gives its time to others. */
function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test('a call that ends in time is not late', async () => {
  await expect(lateness(100, () => sleep(20))).resolves.toEqual({ error: undefined, lateMs: 0 });
});

test('what a call waits after its deadline counts', async () => {
  const { lateMs } = await lateness(20, () => sleep(120));
  expect(lateMs).toBeGreaterThan(ALLOWANCE_MS);
});

test('what a call computes after its deadline counts, in one piece or in many', async () => {
  const once = await lateness(20, async () => {
    await sleep(25);
    compute(100);
  });
  expect(once.lateMs).toBeGreaterThan(ALLOWANCE_MS);
  const often = await lateness(20, async () => {
    await sleep(25);
    for (let index = 0; index < 20; index++) {
      compute(5);
      await sleep(0);
    }
  });
  expect(often.lateMs).toBeGreaterThan(ALLOWANCE_MS);
});

test('a moment that the machine takes between the timer and the call does not', async () => {
  const { lateMs } = await lateness(20, async () => {
    await sleep(20);
    stall(200);
  });
  expect(lateMs).toBeLessThan(ALLOWANCE_MS);
});

test('the count ends when it is disposed of', async () => {
  const overtime = new Overtime(1);
  await sleep(10);
  expect(overtime.lateMs).toBeGreaterThan(0);
  overtime[Symbol.dispose]();
  const { lateMs } = overtime;
  await sleep(10);
  expect(overtime.lateMs).toBe(lateMs);
});
