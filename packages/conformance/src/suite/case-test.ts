import { expect } from '@wirewrap/matchers';
import type { CaseBench, ConformanceCase } from '../cases/conformance-case.ts';
import { ConformanceError } from '../errors.ts';
import { BEYOND_MEMORY, isBeyondMemory, isLost, isUnavailable, type Lost } from '../observation/not-observed.ts';
import { lossLimitPassed } from '../record/loss-limit.ts';
import { afterCase } from './between-cases.ts';
import { problemOf } from './case-problem.ts';
import { type PoseTools, poseCase } from './pose-case.ts';
import type { RunState } from './run-state.ts';

/** Cases in a row without an answer after which the board is given up. */
const SILENT_CASES = 5;

/** A few lost cases are named in the record and skipped; more than that and each of them fails. */
function tellLoss({ lost }: Lost, state: RunState, skip: (note: string) => never): never {
  state.lost.push(lost);
  state.silent = lost === 'no answer in time' ? state.silent + 1 : 0;
  if (state.silent === SILENT_CASES) {
    throw new ConformanceError(
      'BOARD_GONE',
      `The board did not answer in ${SILENT_CASES} cases in a row, each run twice: the run ends here; look at its power and its line, then run \`wirewrap doctor\``,
    );
  }
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
  if (state.silent >= SILENT_CASES) return skip('not asked: the board stopped answering');
  const value = await poseCase(item, bench, { state, baseline, repeat });
  observe(item.id, value);
  state.observations.set(item.id, value);
  await afterCase(value, bench, state);
  // The reviewed baseline knows that it does not fit.
  if (isBeyondMemory(value) && isBeyondMemory(baseline?.get(item.id))) {
    state.silent = 0;
    return skip(`lost: ${value.lost}`);
  }
  if (isLost(value)) return tellLoss(value, state, skip);
  state.silent = 0;
  // Nothing was asked of the firmware.
  if (isUnavailable(value)) return skip(value.unavailable);
  const problem = problemOf(value, baseline?.get(item.id));
  if (problem !== null) expect.fail(problem);
}
