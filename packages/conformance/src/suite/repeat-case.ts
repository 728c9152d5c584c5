import type { CaseBench, ConformanceCase } from '../cases/conformance-case.ts';
import { isIntermittent, sumOutcomes } from '../observation/intermittent.ts';
import { isJudgeable, isUnavailable } from '../observation/not-observed.ts';
import type { Repeat } from '../selection/case-selection.ts';
import { tryFreshBoard } from './fresh-board.ts';
import type { HeapWatch } from './heap-watch.ts';
import { settleCase } from './settle-case.ts';
import type { Suspicion } from './suspicion.ts';

/** How often a case is run in all that does not show the same each time. */
const RUNS = 5;

/** After so many runs that show the same, a case counts as steady. */
const STEADY_RUNS = 3;

/** After so many cases that were run again and were steady, no other is: what is wrong with the firmware is not rare. */
const STEADY_CASES = 40;

/** Milliseconds for one case where it has no budget of its own: the limit of a test. */
const BUDGET_MS = 120_000;

/** Milliseconds that the runs of a case may take together. */
export function budgetOf({ budgetMs = BUDGET_MS }: ConformanceCase, repeat: Repeat | null): number {
  return budgetMs * (repeat?.times ?? 1);
}

export interface RepeatTools {
  readonly heap: HeapWatch;
  readonly suspicion: Suspicion;
  /** Cases of this run that were run again and showed the same each time; counted here. */
  readonly repeats: { steady: number };
  /** How often the case is run whatever it shows; absent or null: as its first value asks for. */
  readonly repeat?: Repeat | null | undefined;
}

/**
 * Runs a case, and runs it again when its first value is suspicious, on a board that was reset first. A case that showed
 * two or more outcomes gets all of them as its value (`{ intermittent }`), so that none of them passes for its behaviour.
 * The board that reset in it once may have had an accident; in more than one run of it, the firmware crashes now and then.
 * Whether a case is repeated depends on what it showed alone; how often is bounded by runs, by cases and by its own time.
 */
export async function repeatCase(item: ConformanceCase, bench: CaseBench, tools: RepeatTools): Promise<unknown> {
  const { heap, suspicion, repeats, repeat = null } = tools;
  const { now } = bench.clock;
  const budget = budgetOf(item, repeat);
  const started = now();
  const first = await settleCase(item, bench, heap);
  const values = [first.value];
  let { resets } = first;
  const suspicious = suspicion(item.id, first.value);
  const asItIs = repeat === null ? resets === 0 && (!suspicious || repeats.steady >= STEADY_CASES) : repeat.times === 1;
  if (asItIs || isUnavailable(first.value)) return first.value;
  // Measured is the first run: the others would count twice in every statistic.
  const again = { ...bench, measure: () => {} };
  let longest = now() - started;
  await tryFreshBoard(bench);
  heap.forget();
  for (;;) {
    const begun = now();
    // One more must end within the time of the test, and so must a second attempt of it.
    if (begun - started + 2 * longest > budget) break;
    const settled = await settleCase(item, again, heap);
    values.push(settled.value);
    resets += settled.resets;
    longest = Math.max(longest, now() - begun);
    const steady = resets === 0 && sumOutcomes(values) === first.value;
    if (repeat !== null) {
      if (values.length >= repeat.times || (repeat.untilOther && !steady && isIntermittent(sumOutcomes(values)))) break;
      continue;
    }
    const shown = values.filter(isJudgeable).length;
    if (values.length === RUNS || (steady && shown === STEADY_RUNS)) break;
  }
  const crashes = resets > 1 ? Array<unknown>(resets).fill({ end: 'crashes' }) : [];
  const value = sumOutcomes([...values, ...crashes]);
  if (value === first.value && suspicious) repeats.steady += 1;
  return value;
}
