/** The host's time, handed in so that a test can hold it still. */
export interface HostClock {
  /** Milliseconds on a monotonic clock, for how long something took. */
  now(): number;
  /** What day and time it is. */
  date(): Date;
}

/**
 * The clock of this host.
 *
 * @example const startedAt = hostClock.date().toISOString();
 */
export const hostClock: HostClock = { now: () => performance.now(), date: () => new Date() };
