import { describe, expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import { retry } from './retry.ts';

/** A clock on which each wait ends at once, and takes its time. */
function quickClock(): Clock & { readonly waits: number[] } {
  let nowMs = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => nowMs,
    after(ms, callback) {
      waits.push(ms);
      let cancelled = false;
      queueMicrotask(() => {
        if (cancelled) return;
        nowMs += ms;
        callback();
      });
      return () => {
        cancelled = true;
      };
    },
  };
}

/** Fails so many times before it works. */
function failing(times: number) {
  let tried = 0;
  return async () => {
    tried += 1;
    if (tried <= times) throw new TypeError(`attempt ${tried}`);
    return tried;
  };
}

describe('retry', () => {
  test('tries until it works, with a pause between two attempts', async () => {
    const clock = quickClock();
    await expect(retry(failing(3), { pauseMs: 100, clock })).resolves.toBe(4);
    expect(clock.waits).toEqual([100, 100, 100]);
  });

  test('what works at once waits for nothing', async () => {
    const clock = quickClock();
    await expect(retry(failing(0), { pauseMs: 100, clock })).resolves.toBe(1);
    expect(clock.waits).toEqual([]);
  });

  test('fails with the last error at the deadline, whose last pause is cut to it', async () => {
    const clock = quickClock();
    await expect(retry(failing(9), { pauseMs: 100, deadlineMs: 250, clock })).rejects.toThrow('attempt 4');
    expect(clock.waits).toEqual([100, 100, 50]);
  });

  test('an error that will not pass is not tried again', async () => {
    const mayPass = async (error: unknown) => (error as Error).message !== 'attempt 2';
    await expect(retry(failing(9), { pauseMs: 100, clock: quickClock(), mayPass })).rejects.toThrow('attempt 2');
  });

  test('a signal ends the pause with its reason, and an attempt that fails after it with its own error', async () => {
    const ended = new AbortController();
    const still: Clock = { now: () => 0, after: () => () => {} };
    const waiting = retry(failing(9), { pauseMs: 100, clock: still, signal: ended.signal });
    const reason = new RangeError('the user had enough');
    setImmediate(() => ended.abort(reason));
    await expect(waiting).rejects.toBe(reason);
    await expect(retry(failing(9), { pauseMs: 100, clock: still, signal: ended.signal })).rejects.toThrow('attempt 1');
  });
});
