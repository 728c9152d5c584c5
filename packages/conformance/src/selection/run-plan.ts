import { ALL_CASES } from '../cases/index.ts';
import { ALL_SUITE_NAMES, type AnySuiteName, isSiegeSuite, suiteOfFile } from '../cases/suite-names.ts';
import type { Claim } from '../claim/claim.ts';
import { CLAIMS, SIEGE_CLAIMS } from '../claims/index.ts';
import { suiteOrder } from './case-order.ts';
import type { CaseSelection } from './case-selection.ts';
import { selectCases } from './select-cases.ts';

/** What one run is going to ask and judge, known before the first case. */
export interface RunPlan {
  /** The suites whose files run, in order. */
  readonly suites: readonly AnySuiteName[];
  /** Ids of the cases, in the order in which they run. */
  readonly cases: readonly string[];
  readonly asked: ReadonlySet<string>;
  /** The claims that are judged after the cases of each suite. */
  readonly claims: ReadonlyMap<AnySuiteName, readonly Claim[]>;
  /** Number of tests: cases, claims, and a comparison a suite when there is a baseline. */
  readonly tests: number;
  /** Whether every case of every default suite is asked. */
  readonly whole: boolean;
}

/** What a run is asked, and of which suites. */
export interface PlanOptions {
  /** Paths of the test files of the run. Default: every suite runs. */
  readonly files?: readonly string[];
  readonly selection?: CaseSelection;
  /** Whether the run is compared with a baseline. */
  readonly baseline?: boolean;
}

/**
 * A claim is judged once, behind the last suite that asks a case of it. Where copies of a board ask the suites side by side,
 * a claim of several of them is judged behind the last of the run: whoever waits for the others there holds up nothing.
 */
function claimsBySuite(
  cases: ReadonlyMap<string, AnySuiteName>,
  suites: readonly AnySuiteName[],
  sideBySide: boolean,
): Map<AnySuiteName, Claim[]> {
  const placed = [...CLAIMS, ...SIEGE_CLAIMS].flatMap((claim) => {
    const own = suites.filter((name) => claim.cases.some((id) => cases.get(id) === name));
    const last = sideBySide && own.length > 1 ? suites.at(-1) : own.at(-1);
    return last === undefined ? [] : [{ claim, last }];
  });
  return new Map(
    [...Map.groupBy(placed, ({ last }) => last)].map(([suite, items]) => [suite, items.map(({ claim }) => claim)]),
  );
}

/**
 * Which cases a run asks and which claims it judges. Reporter and workers make the same plan of the same files and the
 * same selection.
 *
 * @example planRun({ selection: { claims: ['book/pem'] } }).cases; // ['server/identity/der', 'server/identity/pem']
 * @throws ConformanceError `NO_SUCH_CASE` or `BAD_SELECTION` as `selectCases` does.
 */
export function planRun({ files, selection = {}, baseline = false }: PlanOptions = {}): RunPlan {
  const inFiles = new Set(files === undefined ? ALL_SUITE_NAMES : files.map(suiteOfFile));
  const chosen = selectCases(selection).filter(({ suite }) => inFiles.has(suite));
  const suites = suiteOrder(selection).filter((name) => chosen.some(({ suite }) => suite === name));
  const suiteOf = new Map(chosen.map(({ id, suite }) => [id, suite]));
  const claims = claimsBySuite(suiteOf, suites, (selection.copies ?? 1) > 1);
  const judged = [...claims.values()].flat().length;
  const cases = chosen.map(({ id }) => id);
  return {
    suites,
    cases,
    asked: new Set(cases),
    claims,
    tests: cases.length + judged + (baseline ? suites.length : 0),
    whole: chosen.filter(({ suite }) => !isSiegeSuite(suite)).length === ALL_CASES.length,
  };
}
