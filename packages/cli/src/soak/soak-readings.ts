import type { SoakPace, SoakReading, SoakRole, SoakWorst } from './soak-record.ts';

/** So many readings are kept: a record of any length stays below a megabyte. Even, since they are halved. */
export const READINGS_KEPT = 960;

const ROLES: readonly SoakRole[] = ['client', 'server'];

function lesser(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function greater(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/**
 * The worst of a reading and of those that it stands for.
 *
 * @example worstOf(reading).freeHeap; // the least that was free since the reading before
 */
export const worstOf = ({ worst, freeHeap, freeNative, largestBlock, socket }: SoakReading): SoakWorst =>
  worst ?? { freeHeap, freeNative, largestBlock, socket };

function paceOfBoth(a: SoakPace | undefined, b: SoakPace | undefined): SoakPace | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const connections = a.connections + b.connections;
  const [first, second] = [a.medianMs, b.medianMs];
  const medianMs =
    first === null || second === null
      ? (first ?? second)
      : (first * a.connections + second * b.connections) / connections;
  return { connections, medianMs, longestMs: greater(a.longestMs, b.longestMs) };
}

/** The later of two neighbours as it was read, with what the earlier one showed at worst. */
function standingForBoth(a: SoakReading, b: SoakReading): SoakReading {
  const [before, after] = [worstOf(a), worstOf(b)];
  const paces = ROLES.flatMap((role) => {
    const pace = paceOfBoth(a.pace[role], b.pace[role]);
    return pace === undefined ? [] : [[role, pace] as const];
  });
  return {
    ...b,
    pace: Object.fromEntries(paces),
    standsFor: (a.standsFor ?? 1) + (b.standsFor ?? 1),
    worst: {
      freeHeap: Math.min(before.freeHeap, after.freeHeap),
      freeNative: lesser(before.freeNative, after.freeNative),
      largestBlock: lesser(before.largestBlock, after.largestBlock),
      socket: greater(before.socket, after.socket),
    },
  };
}

/**
 * Readings of a soak of any length: when there are too many, each two neighbours become one, and the following ones come as
 * far apart, so that they stay evenly spread. What is kept was read so; the worst of what was dropped stays beside it.
 */
export class SoakReadings {
  #kept: SoakReading[] = [];
  #waiting: SoakReading | null = null;
  #each = 1;

  add(reading: SoakReading): void {
    const whole = this.#waiting === null ? reading : standingForBoth(this.#waiting, reading);
    if ((whole.standsFor ?? 1) < this.#each) {
      this.#waiting = whole;
      return;
    }
    this.#waiting = null;
    this.#kept.push(whole);
    if (this.#kept.length < READINGS_KEPT) return;
    this.#kept = this.#kept.flatMap((later, index) =>
      index % 2 === 0 ? [] : [standingForBoth(this.#kept[index - 1] as SoakReading, later)],
    );
    this.#each *= 2;
  }

  /** All of them, the newest last. */
  get all(): SoakReading[] {
    return this.#waiting === null ? [...this.#kept] : [...this.#kept, this.#waiting];
  }
}
