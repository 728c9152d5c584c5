import type { CaseBench, ConformanceCase } from '../cases/conformance-case.ts';
import { BEYOND_MEMORY, isLost } from '../observation/not-observed.ts';
import { tryFreshBoard } from './fresh-board.ts';
import type { HeapWatch } from './heap-watch.ts';
import { runCase } from './run-case.ts';

/** How often a case that was lost is run. */
const ATTEMPTS = 2;

/** The outcome of a case, and how often the board reset in it before. */
export interface SettledCase {
  readonly value: unknown;
  /** Resets in attempts that were made again; 0 where the value itself is a crash or a loss. */
  readonly resets: number;
}

/**
 * Runs a case; one that was lost runs again on a board that was reset. A case in which the board resets each time is a
 * crash of the firmware, and no accident; one for which a board that was just reset has no memory either does not fit.
 */
export async function settleCase(item: ConformanceCase, bench: CaseBench, heap: HeapWatch): Promise<SettledCase> {
  let resets = 0;
  let fresh = false;
  for (let attempt = 1; ; attempt += 1) {
    const value = await runCase(item, bench);
    if (!isLost(value)) return { value, resets };
    if (value.lost === 'the board reset') resets += 1;
    if (value.lost === 'out of memory' && fresh) return { value: { ...value, lost: BEYOND_MEMORY }, resets: 0 };
    if (resets === ATTEMPTS) return { value: { end: 'crashes' }, resets: 0 };
    if (attempt === ATTEMPTS) return { value, resets: 0 };
    // A board that does not come back loses the second attempt too, which says so.
    fresh = await tryFreshBoard(bench);
    heap.forget();
  }
}
