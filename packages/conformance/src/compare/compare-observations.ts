import type { Observation } from '../claim/claim.ts';
import { equalBehaviour } from '../observation/equal-behaviour.ts';
import { hostLimitOf } from '../observation/host-limit.ts';
import { isLost } from '../observation/not-observed.ts';
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

function excuseOf(...values: readonly unknown[]): string | null {
  for (const value of values) {
    if (isLost(value)) return `lost: ${value.lost}`;
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
    const excuse = left ?? (equalBehaviour(was, is) ? null : excuseOf(is, was));
    if (excuse !== null) notCompared.push({ case: name, reason: excuse });
    else if (!old.has(name)) changes.push({ case: name, change: 'appeared', after: is });
    else if (!now.has(name)) changes.push({ case: name, change: 'vanished', before: was });
    else if (equalBehaviour(was, is)) same += 1;
    else changes.push({ case: name, change: 'changed', before: was, after: is });
  }
  return { changes, notCompared, same };
}
