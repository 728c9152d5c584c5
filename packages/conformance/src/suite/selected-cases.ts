import type { ConformanceCase } from '../cases/conformance-case.ts';
import { CLAIMS } from '../claims/index.ts';
import { FINDINGS } from '../findings/findings.ts';

/** `all`, or only the cases that a claim or a finding names. */
export type CaseSelection = 'all' | 'claims';

const NAMED: ReadonlySet<string> = new Set([...CLAIMS, ...FINDINGS].flatMap(({ cases }) => cases));

/** Reads `WIREWRAP_CASES`: unset and empty mean `all`. Throws a RangeError for any other word than `all` and `claims`. */
export function caseSelection(environment: Readonly<Record<string, string | undefined>>): CaseSelection {
  const word = environment.WIREWRAP_CASES || 'all';
  if (word === 'all' || word === 'claims') return word;
  throw new RangeError(`WIREWRAP_CASES is "${word}"; it must be "all" or "claims".`);
}

/** The selected cases of a suite; those that claims and findings name come first, so that a run that is cut has them. */
export function selectedCases(cases: readonly ConformanceCase[], selection: CaseSelection): readonly ConformanceCase[] {
  const named = cases.filter(({ id }) => NAMED.has(id));
  return selection === 'claims' ? named : [...named, ...cases.filter(({ id }) => !NAMED.has(id))];
}
