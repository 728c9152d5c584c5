import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { Deadline } from './deadline.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test.for([Number.POSITIVE_INFINITY, 3e9, 2 ** 31])('%d ms are not over at once', async (ms) => {
  // A timer of Node's with more than 2^31 - 1 ms fires after one.
  const deadline = new Deadline(ms);
  await expect(
    deadline.race(
      pause(20).then(() => 'done'),
      'a pause',
    ),
  ).resolves.toBe('done');
  expect(deadline.over).toBe(false);
});

test('a long wait is cancelled as a short one is', async () => {
  let called = false;
  const cancel = systemClock.after(3e9, () => {
    called = true;
  });
  cancel();
  await pause(5);
  expect(called).toBe(false);
});

test.for([Number.NaN, -1, '5000', null])('%o is no number of milliseconds', (ms) => {
  expect(() => new Deadline(ms as number)).toThrow(
    expect.objectContaining({ code: 'BAD_VALUE', message: expect.stringContaining('deadlineMs') }),
  );
});

test('0 ms are over', async () => {
  const deadline = new Deadline(0);
  expect(deadline.over).toBe(true);
  await expect(deadline.race(pause(1_000), 'a pause')).rejects.toMatchObject({
    code: 'DEADLINE',
    waitedFor: 'a pause',
  });
});

test('work that fails after its signal fired is no unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    const deadline = new Deadline(1_000, { signal: AbortSignal.abort() });
    const work = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 5));
    await expect(deadline.race(work, 'work')).rejects.toMatchObject({ code: 'ABORTED' });
    await pause(30);
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
});

test('a deadline that is aborted ends those within it, and none that is detached', async () => {
  const never = new Promise(() => {});
  const deadline = new Deadline(60_000);
  const inner = deadline.within(50_000).within(40_000);
  const detached = inner.detached(40_000);
  const [outer, wait] = [deadline.race(never, 'all'), inner.race(never, 'a step')];
  deadline.abort();
  expect([inner.over, inner.remainingMs, detached.over]).toEqual([true, 0, false]);
  await expect(outer).rejects.toMatchObject({ waitedFor: 'all' });
  await expect(wait).rejects.toMatchObject({ code: 'DEADLINE', waitedFor: 'a step' });
});

test('a deadline that is aborted lets the one around it go on', async () => {
  const deadline = new Deadline(60_000);
  deadline.within(50_000).abort();
  expect(deadline.over).toBe(false);
  await expect(deadline.race(pause(5), 'a pause')).resolves.toBeUndefined();
});
