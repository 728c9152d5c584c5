import type { Capabilities, Claim } from '../claim/claim.ts';
import { CLAIMS } from '../claims/index.ts';
import { showsOnly } from '../observation/intermittent.ts';
import { isJudgeable } from '../observation/not-observed.ts';
import { isAgainst } from '../verdict/judge-claim.ts';

/** Says of the first value of a case whether the case is to be run again before anything is told of it. */
export type Suspicion = (id: string, value: unknown) => boolean;

const OF_CASE = new Map<string, readonly Claim[]>(
  [
    ...Map.groupBy(
      CLAIMS.flatMap((claim) => claim.cases.map((id) => ({ id, claim }))),
      ({ id }) => id,
    ),
  ].map(([id, rows]) => [id, rows.map(({ claim }) => claim)]),
);

/**
 * What would turn a run red is suspicious: a value against a claim that no known deviation excuses, and one that is not the
 * baseline's.
 *
 * @example suspicionOf(capabilities, null)('client/required/expired', { end: 'completes' }); // true
 * @param baseline values by case; null without a baseline
 */
export function suspicionOf(capabilities: Capabilities, baseline: ReadonlyMap<string, unknown> | null): Suspicion {
  return (id, value) => {
    if (!isJudgeable(value)) return false;
    const was = baseline?.get(id);
    if (isJudgeable(was) && !showsOnly(value, was)) return true;
    return (OF_CASE.get(id) ?? []).some((claim) => isAgainst(claim, id, value, capabilities));
  };
}
