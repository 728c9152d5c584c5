import type { Observation } from '../claim/claim.ts';
import { describeValue } from '../observation/describe-value.ts';
import { hostLimitOf } from '../observation/host-limit.ts';
import { isIntermittent, sameOutcomes, showsOnly } from '../observation/intermittent.ts';
import { isBeyondMemory, isLost } from '../observation/not-observed.ts';
import type { NotCompared, ObservationChange } from './comparison.ts';

export interface CompareScope {
  /** Cases that the second run asked: no other can have vanished. Absent or null: all. */
  readonly asked?: ReadonlySet<string> | null;
  /** Cases that the second run asked and did not come to: nothing is known of them. */
  readonly notRun?: readonly string[];
  /** Cases that the first run asked: no other can have appeared. Absent or null: all. */
  readonly askedBefore?: ReadonlySet<string> | null;
}

export interface ComparedObservations {
  readonly changes: readonly ObservationChange[];
  readonly notCompared: readonly NotCompared[];
  readonly same: number;
}

const NOT_RUN = 'asked and not run';

/** A baseline in which a case has several outcomes says nothing against a run that shows one or more of the same. */
function knownOutcome(was: unknown, is: unknown): string | null {
  return isIntermittent(was) && showsOnly(is, was) ? `before ${describeValue(was)}` : null;
}

function excuseOf(...values: readonly unknown[]): string | null {
  for (const value of values) {
    if (isLost(value) && !isBeyondMemory(value)) return `lost: ${value.lost}`;
    const limit = hostLimitOf(value);
    if (limit !== null) return limit;
  }
  return null;
}

/** Case by case, what changed. Only what both runs asked is compared. */
export function compareObservations(
  before: readonly Observation[],
  after: readonly Observation[],
  { asked = null, askedBefore = null, notRun = [] }: CompareScope = {},
): ComparedObservations {
  const old = new Map(before.map((item) => [item.case, item.value]));
  const now = new Map(after.map((item) => [item.case, item.value]));
  const changes: ObservationChange[] = [];
  const notCompared: NotCompared[] = [];
  let same = 0;
  for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [was, is] = [old.get(name), now.get(name)];
    if (!now.has(name) && asked !== null && !asked.has(name)) continue;
    if (!old.has(name) && askedBefore !== null && !askedBefore.has(name)) continue;
    const left = !now.has(name) && notRun.includes(name) ? NOT_RUN : null;
    const excuse = left ?? (sameOutcomes(was, is) ? null : (excuseOf(is, was) ?? knownOutcome(was, is)));
    if (excuse !== null) notCompared.push({ case: name, reason: excuse });
    else if (!old.has(name)) changes.push({ case: name, change: 'appeared', after: is });
    else if (!now.has(name)) changes.push({ case: name, change: 'vanished', before: was });
    else if (sameOutcomes(was, is)) same += 1;
    else if (isIntermittent(is)) changes.push({ case: name, change: 'intermittent', before: was, after: is });
    else changes.push({ case: name, change: 'changed', before: was, after: is });
  }
  return { changes, notCompared, same };
}
