import { canonicalJson } from './canonical-json.ts';
import { equalBehaviour } from './equal-behaviour.ts';
import { isJudgeable } from './not-observed.ts';

/** One of several things that a case showed on one firmware, and how often. */
export interface Outcome {
  /** In canonical form. */
  readonly value: unknown;
  readonly times: number;
}

/** Stands for a case that was run several times and did not show the same each time: no outcome alone is its value. */
export interface Intermittent {
  /** Two or more, the most frequent first. */
  readonly intermittent: readonly Outcome[];
}

/**
 * Whether a value says that the case showed several outcomes.
 *
 * @example isIntermittent({ intermittent: [{ times: 4, value: 'a' }, { times: 1, value: 'b' }] }); // true
 */
export function isIntermittent(value: unknown): value is Intermittent {
  return value !== null && typeof value === 'object' && 'intermittent' in value;
}

/**
 * The outcomes that a value stands for: those of an intermittent case, or the value alone, once.
 *
 * @example outcomesOf('a'); // [{ value: 'a', times: 1 }]
 */
export function outcomesOf(value: unknown): readonly Outcome[] {
  return isIntermittent(value) ? value.intermittent : [{ value, times: 1 }];
}

/**
 * What several runs of one case showed: the value when it was the same each time, else every outcome and how often. Runs
 * that were lost or could not be asked count only where there is no other.
 *
 * @param values canonical values, at least one
 * @example sumOutcomes(['a', 'b', 'a']); // { intermittent: [{ times: 2, value: 'a' }, { times: 1, value: 'b' }] }
 */
export function sumOutcomes(values: readonly unknown[]): unknown {
  const outcomes: Outcome[] = [];
  for (const value of values.filter(isJudgeable)) {
    const known = outcomes.findIndex((outcome) => equalBehaviour(outcome.value, value));
    if (known < 0) outcomes.push({ times: 1, value });
    else outcomes[known] = { times: (outcomes[known]?.times ?? 0) + 1, value: outcomes[known]?.value };
  }
  const [first] = outcomes;
  if (first === undefined) return values[0];
  if (outcomes.length === 1) return first.value;
  const order = (a: Outcome, b: Outcome): number =>
    b.times - a.times || (canonicalJson(a.value) < canonicalJson(b.value) ? -1 : 1);
  return { intermittent: outcomes.toSorted(order) } satisfies Intermittent;
}

/**
 * Whether two values show the same outcomes, however often each of them.
 *
 * @example sameOutcomes({ intermittent: [{ times: 1, value: 'a' }, { times: 4, value: 'b' }] }, 'a'); // false
 */
export function sameOutcomes(a: unknown, b: unknown): boolean {
  return showsOnly(a, b) && showsOnly(b, a);
}

/**
 * Whether each outcome of a value is one of the other's, too.
 *
 * @example showsOnly('a', { intermittent: [{ times: 1, value: 'a' }, { times: 4, value: 'b' }] }); // true
 */
export function showsOnly(value: unknown, known: unknown): boolean {
  return outcomesOf(value).every((outcome) =>
    outcomesOf(known).some((other) => equalBehaviour(outcome.value, other.value)),
  );
}
