import { hostClock } from '@wirewrap/repl-driver/basics';
import type { ConformanceCase } from '../cases/conformance-case.ts';
import { findCase } from '../cases/find-case.ts';
import { SIEGE_SUITES, SUITES } from '../cases/index.ts';
import type { AnySuiteName } from '../cases/suite-names.ts';
import type { Claim } from '../claim/claim.ts';
import { baselineValues } from './baseline-values.ts';
import { runCaseTest } from './case-test.ts';
import { test } from './conformance-test.ts';
import { tryFreshBoard } from './fresh-board.ts';
import { measureFootprint } from './measure-footprint.ts';
import { type WorkerPlan, workerPlan } from './provided-run.ts';
import { budgetOf } from './repeat-case.ts';
import { runState } from './run-state.ts';
import { SHARED_CLAIM_MS } from './shared-observations.ts';
import { runBaselineTest, runClaimTest } from './verdict-test.ts';

/**
 * One suite as tests: every case that the run asks, then every claim that can be judged once these ran, then the comparison
 * with the baseline where there is one. A case that could not be posed is recorded with its reason and skipped with it.
 */
export function conformanceSuite(name: AnySuiteName): void {
  const plan = workerPlan();
  const ids = idsOf(name);
  const asked = plan.cases.filter((id) => ids.has(id));
  if (asked.length === 0) test.skip('no case of this suite is selected');
  else {
    test.beforeAll(async ({ session }) => {
      await measureFootprint(session, runState());
      await tryFreshBoard(session);
      runState().heap.forget();
    });
    for (const id of asked) caseTest(findCase(id) as ConformanceCase, plan);
    verdictTests(name, plan, new Set(asked));
    test.afterAll(() => tellOthers(name, ids, plan));
  }
}

function idsOf(name: AnySuiteName): ReadonlySet<string> {
  return new Set({ ...SUITES, ...SIEGE_SUITES }[name].map(({ id }) => id));
}

/** Where suites run side by side, another one may judge what this one observed. */
async function tellOthers(name: AnySuiteName, ids: ReadonlySet<string>, { shared }: WorkerPlan): Promise<void> {
  await shared?.tell(
    name,
    [...runState().observations].filter(([id]) => ids.has(id)),
  );
}

/** Waits for what other suites observed of a claim's cases. */
async function hearOthers(claim: Claim, name: AnySuiteName, { shared, suites, asked }: WorkerPlan): Promise<void> {
  if (shared === null) return;
  const needed = claim.cases.filter((id) => asked.has(id));
  const others = suites.filter((suite) => suite !== name && needed.some((id) => idsOf(suite).has(id)));
  for (const suite of others) {
    for (const [id, value] of await shared.of(suite)) runState().observations.set(id, value);
  }
}

function caseTest(item: ConformanceCase, { baseline: path, repeat }: WorkerPlan): void {
  const limit = item.budgetMs === undefined && repeat === null ? {} : { timeout: budgetOf(item, repeat) };
  test(item.id, limit, async ({ board, tls, network, pki, facts, observe, measure, skip }) => {
    const can = facts.capabilities;
    const bench = {
      board,
      tls,
      network,
      pki,
      can,
      clock: hostClock,
      measure: (what: string, unit: 'ms' | 'bytes' | 'count', value: number) => measure(item.id, what, unit, value),
    };
    const baseline = path === null ? null : await baselineValues(path);
    await runCaseTest(item, bench, { state: runState(), baseline, repeat, observe, skip: (note) => skip(note) });
  });
}

function verdictTests(name: AnySuiteName, plan: WorkerPlan, asked: ReadonlySet<string>): void {
  for (const claim of plan.claims.get(name) ?? []) {
    const limit = plan.shared === null ? {} : { timeout: SHARED_CLAIM_MS };
    test(`claim ${claim.id}: ${claim.statement}`, limit, async ({ facts, skip }) => {
      await hearOthers(claim, name, plan);
      runClaimTest(claim, facts.capabilities, plan, { state: runState(), skip: (note) => skip(note) });
    });
  }
  const { baseline } = plan;
  if (baseline !== null) test(`${name}: as in ${baseline}`, () => runBaselineTest(baseline, asked, runState()));
}
