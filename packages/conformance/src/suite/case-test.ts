import { expect } from '@wirewrap/matchers';
import type { CaseBench, ConformanceCase } from '../cases/conformance-case.ts';
import { ConformanceError } from '../errors.ts';
import { isObservation } from '../observation/is-observation.ts';
import { isLost, isUnavailable, type Lost } from '../observation/not-observed.ts';
import { CASES_THAT_MAY_BE_LOST } from '../record/loss-limit.ts';
import { ensureClock } from './board-facts.ts';
import { tryFreshBoard } from './fresh-board.ts';
import { runCase } from './run-case.ts';
import type { RunState } from './run-state.ts';

/** Cases in a row without an answer after which the board is given up. */
const SILENT_CASES = 5;

/** How often a case that was lost is run. */
const ATTEMPTS = 2;

/** A board that reset may have lost its clock. */
function mayHaveReset(value: unknown): boolean {
  return isLost(value) || (value as { end?: string } | null)?.end === 'crashes';
}

/**
 * Runs a case; one that was lost runs again on a board that was reset. A case in which the board resets each time is a
 * crash of the firmware, and no accident.
 */
async function settle(item: ConformanceCase, bench: CaseBench, { heap }: RunState): Promise<unknown> {
  let resets = 0;
  for (let attempt = 1; ; attempt += 1) {
    const value = await runCase(item, bench);
    if (!isLost(value)) return value;
    if (value.lost === 'the board reset') resets += 1;
    if (resets === ATTEMPTS) return { end: 'crashes' };
    if (attempt === ATTEMPTS) return value;
    // A board that does not come back loses the second attempt too, which says so.
    await tryFreshBoard(bench.board);
    heap.forget();
  }
}

/** A few lost cases are named in the record and skipped; more than that and each of them fails. */
function tellLoss({ lost }: Lost, state: RunState, skip: (note: string) => never): never {
  state.lost += 1;
  state.silent = lost === 'no answer in time' ? state.silent + 1 : 0;
  if (state.silent === SILENT_CASES) {
    throw new ConformanceError(
      'BOARD_GONE',
      `The board did not answer in ${SILENT_CASES} cases in a row, each run twice: the run ends here; look at its power and its line, then run \`wirewrap doctor\``,
    );
  }
  if (state.lost > CASES_THAT_MAY_BE_LOST) {
    throw new ConformanceError(
      'CASE_LOST',
      `lost: ${lost}. ${state.lost} cases were lost so far; up to ${CASES_THAT_MAY_BE_LOST} may be`,
    );
  }
  return skip(`lost: ${lost}`);
}

/** Resets a board on which the next connection would find no memory. */
async function makeRoom({ board }: CaseBench, { heap }: RunState): Promise<void> {
  if (!heap.short) return;
  await tryFreshBoard(board);
  heap.forget();
}

/** The heap after a case, beside its behaviour; the curve over a run shows a leak. */
async function measureHeap({ board, can, measure }: CaseBench, { heap }: RunState): Promise<void> {
  const read = can.hardware ? await heap.read(board) : null;
  if (read === null) return;
  measure('C heap free', 'bytes', read.free);
  measure('C heap largest block', 'bytes', read.largest);
}

export interface CaseTestTools {
  readonly state: RunState;
  readonly observe: (id: string, value: unknown) => void;
  readonly skip: (note: string) => never;
}

/** The body of a case's test: runs it, records what it showed, and asserts only that there is something to record. */
export async function runCaseTest(item: ConformanceCase, bench: CaseBench, tools: CaseTestTools): Promise<void> {
  const { state, observe, skip } = tools;
  if (state.silent >= SILENT_CASES) return skip('not asked: the board stopped answering');
  await makeRoom(bench, state);
  const value = await settle(item, bench, state);
  observe(item.id, value);
  state.observations.set(item.id, value);
  if (isLost(value)) return tellLoss(value, state, skip);
  state.silent = 0;
  await measureHeap(bench, state);
  if (mayHaveReset(value)) await ensureClock(bench.board);
  // Nothing was asked of the firmware.
  if (isUnavailable(value)) return skip(value.unavailable);
  expect(value, 'the case observed nothing').toSatisfy(isObservation);
}
