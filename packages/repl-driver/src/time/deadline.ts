import { AbortedError, DeadlineError, ReplDriverError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { type Clock, systemClock } from './clock.ts';

/** A point in time and an optional AbortSignal that bound every wait of one call. */
export class Deadline {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly totalMs: number;
  readonly #startMs: number;
  readonly #cuts = new Set<() => void>();
  /** The one that this is within: what makes that one pass makes this one pass. */
  #around: Deadline | null = null;
  #endMs: number;

  /** Fails with `BAD_VALUE` unless `totalMs` is 0 or more, and the signal one; Infinity never passes. */
  constructor(totalMs: number, options: { clock?: Clock; signal?: AbortSignal | undefined } = {}) {
    if (typeof totalMs !== 'number' || !(totalMs >= 0)) {
      const message = `deadlineMs is ${String(totalMs)}, which is no number of milliseconds; give 0 or more, or Infinity.`;
      throw new ReplDriverError('BAD_VALUE', message);
    }
    // One that is no signal would leave every wait without an answer.
    if (options.signal && typeof options.signal.addEventListener !== 'function') {
      const message = `The signal is ${kindOf(options.signal)}, which is no AbortSignal; give the \`signal\` of an AbortController.`;
      throw new ReplDriverError('BAD_VALUE', message);
    }
    this.clock = options.clock ?? systemClock;
    this.signal = options.signal;
    this.totalMs = totalMs;
    this.#startMs = this.clock.now();
    this.#endMs = this.#startMs + totalMs;
  }

  get remainingMs(): number {
    return Math.max(0, Math.min(this.#endMs - this.clock.now(), this.#around?.remainingMs ?? Number.POSITIVE_INFINITY));
  }

  get waitedMs(): number {
    return this.clock.now() - this.#startMs;
  }

  get over(): boolean {
    return this.remainingMs <= 0 || this.signal?.aborted === true;
  }

  /** Makes this deadline pass now, and those within it; what waits on them fails. */
  abort(): void {
    this.#endMs = Math.min(this.#endMs, this.clock.now());
    for (const cut of [...this.#cuts]) cut();
  }

  /** A deadline at most `ms` from now that never outlasts this one and obeys the same signal. */
  within(ms: number): Deadline {
    const inner = new Deadline(Math.min(ms, this.remainingMs), { clock: this.clock, signal: this.signal });
    inner.#around = this;
    return inner;
  }

  /** A deadline `ms` from now on the same clock that nothing else cuts short: for cleaning up. */
  detached(ms: number): Deadline {
    return new Deadline(ms, { clock: this.clock });
  }

  /** The error of whoever waited for `what` when this deadline passed or its signal fired. */
  error(what: string, cameInstead = 'nothing'): ReplDriverError {
    if (this.signal?.aborted) return new AbortedError(what, this.signal.reason);
    return new DeadlineError({ waitedFor: what, waitedMs: Math.round(this.waitedMs), cameInstead });
  }

  throwIfOver(what: string): void {
    if (this.over) throw this.error(what);
  }

  /** Settles with the promise, or rejects when the deadline passes or the signal fires, whichever is first. */
  race<T>(promise: Promise<T>, what: string | (() => string), cameInstead?: () => string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const fail = () => {
        settle();
        reject(this.error(typeof what === 'string' ? what : what(), cameInstead?.()));
      };
      const cancel = this.clock.after(this.remainingMs, fail);
      const settle = () => {
        cancel();
        for (const deadline of this.#outwards()) deadline.#cuts.delete(fail);
        this.signal?.removeEventListener('abort', fail);
      };
      // Also when nobody waits for it any more: what it fails with later is answered already.
      promise.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error: unknown) => {
          settle();
          reject(error);
        },
      );
      for (const deadline of this.#outwards()) deadline.#cuts.add(fail);
      if (this.signal?.aborted) return fail();
      this.signal?.addEventListener('abort', fail, { once: true });
    });
  }

  /** This deadline and those around it. */
  *#outwards(): Iterable<Deadline> {
    for (let deadline: Deadline | null = this; deadline; deadline = deadline.#around) yield deadline;
  }
}
