import { addTimes, NO_TIME, type TimeParts } from '../profile/time-parts.ts';
import type { CaseTimes, RunProfile } from '../run-record.ts';
import type { TestTimes } from '../suite/case-report.ts';

/** Cases that are reported. */
const SLOWEST = 10;

/** All parts together, in milliseconds. */
function sumOf({ lineMs, handshakeMs, waitingMs, hostMs }: TimeParts): number {
  return lineMs + handshakeMs + waitingMs + hostMs;
}

const rounded = <T extends TimeParts>(parts: T): T =>
  Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, name.endsWith('Ms') ? Math.round(value) : value]),
  ) as T;

/** Adds up where the time of a run's tests went. */
export class RunTimes {
  readonly #now: () => number;
  readonly #startedMs: number;
  readonly #cases: CaseTimes[] = [];
  #sum: TimeParts = NO_TIME;
  #lineBytes = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedMs = now();
  }

  /** `id`: the case that the test is of; null for a test that judges. */
  add(times: TestTimes | undefined, id: string | null): void {
    if (times === undefined) return;
    const { lineBytes, ...parts } = times;
    this.#sum = addTimes(this.#sum, parts);
    this.#lineBytes += lineBytes;
    if (id !== null) this.#cases.push({ case: id, ...parts });
  }

  profile(): RunProfile {
    const totalMs = this.#now() - this.#startedMs;
    const outsideMs = Math.max(0, totalMs - sumOf(this.#sum));
    return rounded({
      totalMs,
      ...this.#sum,
      hostMs: this.#sum.hostMs + outsideMs,
      outsideMs,
      lineBytes: this.#lineBytes,
      cases: this.#cases.length,
      slowest: this.#cases
        .toSorted((a, b) => sumOf(b) - sumOf(a))
        .slice(0, SLOWEST)
        .map(rounded),
    });
  }
}
