/** Milliseconds since 1970, as `Date.now` gives them. */
export type WallClock = () => number;

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

/** Moments relative to a clock, rounded so that a recipe stays the same for as long as it is true. */
export class Calendar {
  readonly #now: number;

  constructor(nowMs: number) {
    this.#now = nowMs;
  }

  /** Midnight UTC of the clock's day, moved by `days` (fractions are hours). The recipe changes once a day. */
  day(days: number): string {
    return iso(Math.floor(this.#now / DAY_MS) * DAY_MS + days * DAY_MS);
  }

  /** The clock's second, moved by `seconds`. The recipe is never the same twice. */
  second(seconds: number): string {
    return iso(Math.floor(this.#now / SECOND_MS) * SECOND_MS + seconds * SECOND_MS);
  }

  /** First of January UTC of the clock's year, moved by `years`. The recipe changes once a year. */
  year(years: number): string {
    return iso(Date.UTC(new Date(this.#now).getUTCFullYear() + years, 0, 1));
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
