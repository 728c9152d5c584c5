import { ALLOWANCE_MS, Overtime } from './lateness.ts';

/** Every call goes through `single`, which watches its deadline. */
export type Single = <T>(call: (limits: { deadlineMs: number }) => Promise<T>) => Promise<T>;

/** Gives every call the same deadline and notes those that were answered after it. */
export class DeadlineWatch {
  readonly late: string[] = [];
  readonly #deadlineMs: number;
  #calls = 0;
  #worstAfterTimerMs = 0;
  #worstAfterDeadlineMs = Number.NEGATIVE_INFINITY;

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  readonly single: Single = async (call) => {
    const index = this.#calls++;
    const startedMs = performance.now();
    using overtime = new Overtime(this.#deadlineMs);
    try {
      return await call({ deadlineMs: this.#deadlineMs });
    } finally {
      const nowMs = performance.now();
      const { lateMs } = overtime;
      this.#worstAfterTimerMs = Math.max(this.#worstAfterTimerMs, lateMs);
      this.#worstAfterDeadlineMs = Math.max(this.#worstAfterDeadlineMs, nowMs - startedMs - this.#deadlineMs);
      if (lateMs > ALLOWANCE_MS) this.late.push(`call ${index} took ${Math.round(nowMs - startedMs)} ms`);
    }
  };

  toString(): string {
    const [deadline, timer] = [this.#worstAfterDeadlineMs, this.#worstAfterTimerMs].map((ms) => ms.toFixed(1));
    return `${this.#calls} single calls, the latest ${deadline} ms after its deadline (${timer} ms after a timer)`;
  }
}
