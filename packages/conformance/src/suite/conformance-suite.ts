import { expect } from '@wirewrap/matchers';
import type { ConformanceCase } from '../cases/conformance-case.ts';
import { isLost, isUnavailable } from '../observation/describe-value.ts';
import { isObservation } from '../observation/is-observation.ts';
import { ensureClock } from './board-facts.ts';
import { test } from './conformance-test.ts';
import { runCase } from './run-case.ts';
import { caseSelection, selectedCases } from './selected-cases.ts';

function mayHaveReset(value: unknown): boolean {
  return isLost(value) || (value as { end?: string } | null)?.end === 'crashes';
}

/**
 * Every row as one test: it runs the case, records what it showed, and asserts only that there is something to record. A
 * case that could not be posed is recorded with its reason and skipped with it: nothing was tested.
 */
export function conformanceSuite(cases: readonly ConformanceCase[]): void {
  const selected = selectedCases(cases, caseSelection(process.env));
  if (selected.length === 0)
    test.skip('no case of this suite is named by a claim or a finding (WIREWRAP_CASES=claims)');
  for (const item of selected) {
    test(item.id, async ({ board, tls, network, pki, facts, observe, measure, skip }) => {
      const value = await runCase(item, {
        board,
        tls,
        network,
        pki,
        can: facts.capabilities,
        measure: (name, unit, number) => measure(item.id, name, unit, number),
      });
      observe(item.id, value);
      // A board that reset may have lost its clock.
      if (mayHaveReset(value)) await ensureClock(board);
      if (isLost(value)) skip(`lost: ${value.lost}`);
      if (isUnavailable(value)) skip(value.unavailable);
      expect(value, 'the case observed nothing').toSatisfy(isObservation);
    });
  }
}
