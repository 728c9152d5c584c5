/** Time as this package sees it; handed in so that tests can hold it still. */
export interface Clock {
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}

/** Node's timers hold no more: a longer one fires after a millisecond. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    if (ms <= LONGEST_TIMER_MS) {
      const timer = setTimeout(callback, Math.max(0, ms));
      return () => clearTimeout(timer);
    }
    let cancel = () => {};
    const timer = setTimeout(() => {
      cancel = systemClock.after(ms - LONGEST_TIMER_MS, callback);
    }, LONGEST_TIMER_MS);
    return () => {
      clearTimeout(timer);
      cancel();
    };
  },
};

export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
