/** On which side of the change a firmware is: as the good one, or not. */
export type Side = 'good' | 'bad';

/** What is known of a firmware; undefined: it was not tried. */
export type State = Side | 'skipped' | undefined;

/** Between which firmwares the change happened, as far as it is known. */
export interface Boundary {
  /** Index of the last firmware that is as the good one. */
  readonly lastGood: number;
  /** Index of the first one that is not. */
  readonly firstBad: number;
  /** Indexes between the two, of firmwares that were skipped or not tried. */
  readonly between: readonly number[];
}

/**
 * The change that the search comes to: the first state is good and the last one bad. Where the sides come and go, it is the
 * first change on the way.
 */
export function boundaryOf(states: readonly State[]): Boundary {
  const firstBad = states.indexOf('bad');
  const lastGood = states.lastIndexOf('good', firstBad);
  return { lastGood, firstBad, between: states.flatMap((_, at) => (at > lastGood && at < firstBad ? [at] : [])) };
}

/** The firmware that halves what is left; null when nothing is. Those that were skipped are not tried again. */
export function nextToTry(states: readonly State[]): number | null {
  return middleOf(boundaryOf(states).between.filter((at) => states[at] === undefined));
}

/** A firmware to look at beyond what the search needs: the middle of the longest stretch that nobody looked at. */
export function nextToCheck(states: readonly State[]): number | null {
  let longest: number[] = [];
  let stretch: number[] = [];
  for (const [at, state] of states.entries()) {
    stretch = state === undefined ? [...stretch, at] : [];
    if (stretch.length > longest.length) longest = stretch;
  }
  return middleOf(longest);
}

/** Indexes at which the side changes from the last known one: one, unless the behaviour came and went. */
export function turnsOf(states: readonly State[]): readonly number[] {
  const known = states.flatMap((state, at) => (state === 'good' || state === 'bad' ? [{ state, at }] : []));
  return known.flatMap(({ state, at }, index) => (index > 0 && known[index - 1]?.state !== state ? [at] : []));
}

function middleOf(indexes: readonly number[]): number | null {
  return indexes[Math.floor((indexes.length - 1) / 2)] ?? null;
}
