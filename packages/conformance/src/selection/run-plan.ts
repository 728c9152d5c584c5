import { ALL_CASES } from '../cases/index.ts';
import { SUITE_NAMES, type SuiteName, suiteOfFile } from '../cases/suite-names.ts';
import type { Claim } from '../claim/claim.ts';
import { CLAIMS } from '../claims/index.ts';
import type { CaseSelection } from './case-selection.ts';
import { selectCases } from './select-cases.ts';

/** What one run is going to ask and judge, known before the first case. */
export interface RunPlan {
  /** The suites whose files run, in order. */
  readonly suites: readonly SuiteName[];
  /** Ids of the cases, in the order in which they run. */
  readonly cases: readonly string[];
  readonly asked: ReadonlySet<string>;
  /** The claims that are judged after the cases of each suite. */
  readonly claims: ReadonlyMap<SuiteName, readonly Claim[]>;
  /** Number of tests: cases, claims, and a comparison a suite when there is a baseline. */
  readonly tests: number;
  /** Whether every case of every suite is asked. */
  readonly whole: boolean;
}

export interface PlanOptions {
  /** Paths of the test files of the run. Default: every suite runs. */
  readonly files?: readonly string[];
  readonly selection?: CaseSelection;
  /** Whether the run is compared with a baseline. */
  readonly baseline?: boolean;
}

/** A claim is judged once, behind the last suite that asks a case of it. */
function claimsBySuite(cases: ReadonlyMap<string, SuiteName>): Map<SuiteName, Claim[]> {
  const placed = CLAIMS.flatMap((claim) => {
    const suites = claim.cases.flatMap((id) => cases.get(id) ?? []);
    const last = suites.toSorted((a, b) => SUITE_NAMES.indexOf(a) - SUITE_NAMES.indexOf(b)).at(-1);
    return last === undefined ? [] : [{ claim, last }];
  });
  return new Map(
    [...Map.groupBy(placed, ({ last }) => last)].map(([suite, items]) => [suite, items.map(({ claim }) => claim)]),
  );
}

/**
 * Which cases a run asks and which claims it judges. Reporter and workers make the same plan of the same files and the
 * same selection.
 */
export function planRun({ files, selection = {}, baseline = false }: PlanOptions = {}): RunPlan {
  const inFiles = new Set(files === undefined ? SUITE_NAMES : files.map(suiteOfFile));
  const chosen = selectCases(selection).filter(({ suite }) => inFiles.has(suite));
  const suites = SUITE_NAMES.filter((name) => chosen.some(({ suite }) => suite === name));
  const claims = claimsBySuite(new Map(chosen.map(({ id, suite }) => [id, suite])));
  const judged = [...claims.values()].flat().length;
  const cases = chosen.map(({ id }) => id);
  return {
    suites,
    cases,
    asked: new Set(cases),
    claims,
    tests: cases.length + judged + (baseline ? suites.length : 0),
    whole: cases.length === ALL_CASES.length,
  };
}
