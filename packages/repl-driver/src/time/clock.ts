/** Time as this package sees it; handed in so that tests can hold it still. */
export interface Clock {
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}

/** Node's timers hold no more: a longer one fires after a millisecond. */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1;

/**
 * The clock of this host, with Node's timers.
 *
 * @example await retry(openPort, { pauseMs: 100, deadlineMs: 5_000, clock: systemClock });
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number) => {
      const next = leftMs > LONGEST_TIMER_MS ? () => wait(leftMs - LONGEST_TIMER_MS) : callback;
      timer = setTimeout(next, Math.min(Math.max(0, leftMs), LONGEST_TIMER_MS));
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};

export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
