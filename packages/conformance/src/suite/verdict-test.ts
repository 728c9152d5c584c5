import { expect } from '@wirewrap/matchers';
import type { Capabilities, Claim, Observation } from '../claim/claim.ts';
import { compareObservations } from '../compare/compare-observations.ts';
import { describeChange } from '../compare/format-comparison.ts';
import { judgeClaim, redReason } from '../verdict/judge-claim.ts';
import { baselineValues } from './baseline-values.ts';
import type { WorkerPlan } from './provided-run.ts';
import type { RunState } from './run-state.ts';

type Skip = (note: string) => never;

/** Fails with the claim's text when the claim is red, and is skipped with the reason when it has no verdict. */
export function runClaimTest(
  claim: Claim,
  capabilities: Capabilities,
  plan: WorkerPlan,
  { state, skip }: { state: RunState; skip: Skip },
): void {
  const result = judgeClaim(claim, state.observations, capabilities, plan.asked);
  const red = redReason(result);
  if (red !== null) expect.fail(`${claim.statement}: ${red}`);
  if (result.because !== undefined) skip(result.observed);
}

/** Fails with every observation of these cases that differs from the baseline. */
export async function runBaselineTest(
  baseline: string,
  cases: ReadonlySet<string>,
  { observations }: RunState,
): Promise<void> {
  const before = [...(await baselineValues(baseline))]
    .filter(([id]) => cases.has(id))
    .map(([id, value]) => ({ case: id, value }));
  const after: Observation[] = [...observations]
    .filter(([id]) => cases.has(id))
    .map(([id, value]) => ({ case: id, value }));
  // A case that has no observation failed by itself, or was not reached.
  const { changes } = compareObservations(before, after, { asked: new Set(observations.keys()) });
  if (changes.length === 0) return;
  const told = changes.map((change) => describeChange(change).join('\n'));
  expect.fail(`${changes.length} observations differ from ${baseline}:\n${told.join('\n')}`);
}
