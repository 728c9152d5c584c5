import { expect } from '@wirewrap/matchers';
import type { CaseBench, ConformanceCase } from '../cases/conformance-case.ts';
import { ConformanceError } from '../errors.ts';
import { BEYOND_MEMORY, isBeyondMemory, isLost, isUnavailable, type Lost } from '../observation/not-observed.ts';
import { lossLimitPassed } from '../record/loss-limit.ts';
import { afterCase } from './between-cases.ts';
import { problemOf } from './case-problem.ts';
import { type PoseTools, poseCase } from './pose-case.ts';
import type { RunState } from './run-state.ts';

/** A few lost cases are named in the record and skipped; more than that and each of them fails. */
function tellLoss({ lost }: Lost, state: RunState, skip: (note: string) => never): never {
  state.lost.push(lost);
  state.lossesInARow.add(lost);
  const { gone } = state.lossesInARow;
  if (gone !== null) throw new ConformanceError('BOARD_GONE', gone.failure);
  const likeThis = state.lost.filter((reason) => (reason === BEYOND_MEMORY) === (lost === BEYOND_MEMORY));
  const limit = lossLimitPassed(likeThis);
  if (limit !== null) {
    throw new ConformanceError('CASE_LOST', `lost: ${lost}. ${likeThis.length} cases were lost so far; ${limit}`);
  }
  return skip(`lost: ${lost}`);
}

export interface CaseTestTools extends PoseTools {
  readonly observe: (id: string, value: unknown) => void;
  readonly skip: (note: string) => never;
}

/**
 * The body of a case's test: runs it, records what it showed, and asserts only that there is something to record, the same
 * each time where it was run again.
 */
export async function runCaseTest(item: ConformanceCase, bench: CaseBench, tools: CaseTestTools): Promise<void> {
  const { state, baseline, repeat, observe, skip } = tools;
  const { gone } = state.lossesInARow;
  if (gone !== null) return skip(gone.note);
  const value = await poseCase(item, bench, { state, baseline, repeat });
  observe(item.id, value);
  state.observations.set(item.id, value);
  await afterCase(value, bench, state);
  // The reviewed baseline knows that it does not fit.
  if (isBeyondMemory(value) && isBeyondMemory(baseline?.get(item.id))) {
    state.lossesInARow.add(null);
    return skip(`lost: ${value.lost}`);
  }
  if (isLost(value)) return tellLoss(value, state, skip);
  // Nothing was asked of the firmware, and nothing learned of whether the board is there.
  if (isUnavailable(value)) return skip(value.unavailable);
  state.lossesInARow.add(null);
  const problem = problemOf(value, baseline?.get(item.id));
  if (problem !== null) expect.fail(problem);
}
