import { type Clock, systemClock } from './clock.ts';

/** When another attempt is made. */
export interface RetryOptions {
  /** Milliseconds between two attempts. */
  readonly pauseMs: number;
  /** Milliseconds after which no pause begins any more. Default: only the signal ends it. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether another attempt may do better after this error. Default: always. */
  readonly mayPass?: (error: unknown) => boolean | Promise<boolean>;
  readonly clock?: Clock;
}

/**
 * Tries until it works. Fails with the last attempt's error when that is final or the deadline has passed, and with the
 * signal's reason when that fires in a pause.
 *
 * @example await retry(() => openPort(path), { pauseMs: 100, deadlineMs: 5_000 });
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  { pauseMs, deadlineMs = Number.POSITIVE_INFINITY, signal, mayPass = () => true, clock = systemClock }: RetryOptions,
): Promise<T> {
  const endMs = clock.now() + deadlineMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (signal?.aborted || clock.now() >= endMs || !(await mayPass(error))) throw error;
    }
    await pause(clock, Math.min(pauseMs, Math.max(0, endMs - clock.now())), signal);
    signal?.throwIfAborted();
  }
}

/** Ends early when the signal fires. */
function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
  });
}
