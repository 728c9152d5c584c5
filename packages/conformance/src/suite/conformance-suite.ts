import type { ConformanceCase } from '../cases/conformance-case.ts';
import { ALL_CASES, SUITES } from '../cases/index.ts';
import type { SuiteName } from '../cases/suite-names.ts';
import { runCaseTest } from './case-test.ts';
import { test } from './conformance-test.ts';
import { tryFreshBoard } from './fresh-board.ts';
import { type WorkerPlan, workerPlan } from './provided-run.ts';
import { runState } from './run-state.ts';
import { runBaselineTest, runClaimTest } from './verdict-test.ts';

const BY_ID = new Map<string, ConformanceCase>(ALL_CASES.map((item) => [item.id, item]));

/**
 * One suite as tests: every case that the run asks, then every claim that can be judged once these ran, then the comparison
 * with the baseline where there is one. A case that could not be posed is recorded with its reason and skipped with it.
 */
export function conformanceSuite(name: SuiteName): void {
  const plan = workerPlan();
  const ids = new Set<string>(SUITES[name].map(({ id }) => id));
  const asked = plan.cases.filter((id) => ids.has(id));
  if (asked.length === 0) test.skip('no case of this suite is selected');
  else {
    test.beforeAll(async ({ board }) => {
      await tryFreshBoard(board);
      runState().heap.forget();
    });
    for (const id of asked) caseTest(BY_ID.get(id) as ConformanceCase);
    verdictTests(name, plan, new Set(asked));
  }
}

function caseTest(item: ConformanceCase): void {
  test(item.id, async ({ board, tls, network, pki, facts, observe, measure, skip }) => {
    const can = facts.capabilities;
    const bench = {
      board,
      tls,
      network,
      pki,
      can,
      measure: (what: string, unit: 'ms' | 'bytes' | 'count', value: number) => measure(item.id, what, unit, value),
    };
    await runCaseTest(item, bench, { state: runState(), observe, skip: (note) => skip(note) });
  });
}

function verdictTests(name: SuiteName, plan: WorkerPlan, asked: ReadonlySet<string>): void {
  for (const claim of plan.claims.get(name) ?? []) {
    test(`claim ${claim.id}: ${claim.statement}`, ({ facts, skip }) => {
      runClaimTest(claim, facts.capabilities, plan, { state: runState(), skip: (note) => skip(note) });
    });
  }
  const { baseline } = plan;
  if (baseline !== null) test(`${name}: as in ${baseline}`, () => runBaselineTest(baseline, asked, runState()));
}
