/** A call may end so much later than its deadline, in milliseconds. */
export const ALLOWANCE_MS = 50;

/** What the machine takes from this process beyond this, between two ticks of a millisecond, is not the call's own lateness. */
const TICK_LIMIT_MS = 5;

export interface Outcome {
  /** What the call threw; undefined when it threw nothing. */
  readonly error: unknown;
  /** {@link Overtime.lateMs} when the call ended. */
  readonly lateMs: number;
}

/**
 * Counts from when a bare timer of `ms` milliseconds has rung. A moment in which the machine did not run this process at all
 * counts for {@link TICK_LIMIT_MS}; what this thread computed counts in full, as does every wait.
 */
export class Overtime implements Disposable {
  readonly #bell: NodeJS.Timeout;
  #ticking: NodeJS.Timeout | null = null;
  #lastMs = 0;
  #lastCpuMs = 0;
  #countedMs = 0;

  constructor(ms: number) {
    this.#bell = setTimeout(() => {
      this.#lastMs = performance.now();
      this.#lastCpuMs = threadCpuMs();
      this.#ticking = setInterval(() => this.#count(), 1);
    }, ms);
  }

  /** Milliseconds since the timer rang, until this is disposed of; 0 before. */
  get lateMs(): number {
    if (this.#ticking) this.#count();
    return this.#countedMs;
  }

  #count(): void {
    const nowMs = performance.now();
    const cpuMs = threadCpuMs();
    this.#countedMs += Math.min(nowMs - this.#lastMs, TICK_LIMIT_MS + cpuMs - this.#lastCpuMs);
    this.#lastMs = nowMs;
    this.#lastCpuMs = cpuMs;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#bell);
    if (this.#ticking) clearInterval(this.#ticking);
    this.#ticking = null;
  }
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

export async function lateness(ms: number, call: () => Promise<unknown>): Promise<Outcome> {
  using overtime = new Overtime(ms);
  const error = await call().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, lateMs: overtime.lateMs };
}
