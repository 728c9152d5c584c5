import { expect, test } from 'vitest';
import { PreciseClock } from './precise-clock.ts';

test('timers ring in the order of their time, and none that was cleared', async () => {
  await using clock = new PreciseClock();
  const rung: string[] = [];
  const ring = (name: string, ms: number) => clock.setTimeout(() => rung.push(name), ms);
  const cleared = ring('cleared', 3);
  ring('late', 40);
  ring('early', 5);
  ring('now', 0);
  clock.clearTimeout(cleared);
  await new Promise<void>((resolve) => {
    ring('last', 60);
    clock.setTimeout(resolve, 61);
  });
  expect(rung).toEqual(['now', 'early', 'late', 'last']);
});

test('none rings before its time', async () => {
  await using clock = new PreciseClock();
  for (const ms of [0.1, 0.5, 1, 1.7, 5.3]) {
    const started = clock.now();
    await new Promise<void>((resolve) => clock.setTimeout(resolve, ms));
    expect(clock.now() - started).toBeGreaterThanOrEqual(ms - 0.05);
  }
});

test('a timer that sets the next one goes on', async () => {
  await using clock = new PreciseClock();
  let count = 0;
  await new Promise<void>((resolve) => {
    const next = () => (++count === 50 ? resolve() : void clock.setTimeout(next, 0.2));
    next();
  });
  expect(count).toBe(50);
});

test('after the end nothing rings', async () => {
  const clock = new PreciseClock();
  let rang = false;
  clock.setTimeout(() => {
    rang = true;
  }, 20);
  await clock[Symbol.asyncDispose]();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(rang).toBe(false);
});
