/** Milliseconds since 1970, as `Date.now` gives them. */
export type Clock = () => number;

const secondMs = 1000;
const dayMs = 86_400 * secondMs;

/** Moments relative to a clock, rounded so that a recipe stays the same for as long as it is true. */
export class Calendar {
  readonly #now: number;

  constructor(nowMs: number) {
    this.#now = nowMs;
  }

  /** Midnight UTC of the clock's day, moved by `days` (fractions are hours). The recipe changes once a day. */
  day(days: number): string {
    return iso(Math.floor(this.#now / dayMs) * dayMs + days * dayMs);
  }

  /** The clock's second, moved by `seconds`. The recipe is never the same twice. */
  second(seconds: number): string {
    return iso(Math.floor(this.#now / secondMs) * secondMs + seconds * secondMs);
  }

  /** First of January UTC of the clock's year, moved by `years`. The recipe changes once a year. */
  year(years: number): string {
    return iso(Date.UTC(new Date(this.#now).getUTCFullYear() + years, 0, 1));
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
