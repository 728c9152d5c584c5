import { expect, test } from 'vitest';
import { ALL_CASES, SUITES } from '../cases/index.ts';
import { CLAIMS } from '../claims/index.ts';
import { FINDINGS } from '../findings/findings.ts';
import { caseSelection, selectedCases } from './selected-cases.ts';

const named = new Set([...CLAIMS, ...FINDINGS].flatMap(({ cases }) => cases));

test('claims: every case that a claim or a finding names, and no other', () => {
  const ids = Object.values(SUITES).flatMap((suite) => selectedCases(suite, 'claims').map(({ id }) => id));
  expect(ids.toSorted()).toEqual([...named].toSorted());
  expect(ids.length).toBeLessThan(ALL_CASES.length / 2);
});

test('all: every case once, the named ones first', () => {
  for (const suite of Object.values(SUITES)) {
    const ids = selectedCases(suite, 'all').map(({ id }) => id);
    expect(ids.toSorted()).toEqual(suite.map(({ id }) => id).toSorted());
    const firstOther = ids.findIndex((id) => !named.has(id));
    if (firstOther >= 0) expect(ids.slice(firstOther).filter((id) => named.has(id))).toEqual([]);
  }
});

test.for([
  { word: undefined, means: 'all' },
  { word: '', means: 'all' },
  { word: 'all', means: 'all' },
  { word: 'claims', means: 'claims' },
])('WIREWRAP_CASES=$word means $means', ({ word, means }) => {
  expect(caseSelection({ WIREWRAP_CASES: word })).toBe(means);
});

test('another word is refused', () => {
  expect(() => caseSelection({ WIREWRAP_CASES: 'claim' })).toThrow(
    'WIREWRAP_CASES is "claim"; it must be "all" or "claims".',
  );
});
