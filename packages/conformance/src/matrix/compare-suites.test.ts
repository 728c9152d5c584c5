import { describe, expect, test } from 'vitest';
import { CORPUS_SCHEMA } from '../record/results-file.ts';
import { compareSuites, formatSuiteComparison } from './compare-suites.ts';
import type { SuiteRecord } from './suite-record.ts';

const bogo = (...results: SuiteRecord['results']): SuiteRecord => ({ schema: 'wirewrap.bogo/1', board: {}, results });
const before = bogo(
  { id: 'A', label: 'passed', observed: null },
  { id: 'B', label: 'expected', observed: 'EOF' },
  { id: 'C', label: 'passed', observed: null },
);
const after = bogo({ id: 'A', label: 'passed', observed: null }, { id: 'B', label: 'expected', observed: 'reset' });

describe('two records of a foreign suite', () => {
  test('differ in labels, in failures, and in what one lacks', () => {
    const comparison = compareSuites(before, after);
    expect(comparison).toEqual({
      suite: 'BoGo',
      changed: true,
      same: 1,
      changes: [
        { id: 'B', before: 'expected: EOF', after: 'expected: reset' },
        { id: 'C', before: 'passed', after: null },
      ],
    });
    expect(formatSuiteComparison(comparison, 'table')).toContain(
      'changed  B\n  - expected: EOF\n  + expected: reset\n',
    );
    expect(formatSuiteComparison(comparison, 'markdown')).toMatch(/\| `C` +\| passed +\| - +\|/);
    expect(JSON.parse(formatSuiteComparison(comparison, 'json'))).toEqual(comparison);
  });

  test('differ less where only what both hold is compared', () => {
    expect(compareSuites(before, after, { common: true }).changes.map(({ id }) => id)).toEqual(['B']);
  });

  test('are alike to themselves', () => {
    expect(compareSuites(before, before)).toMatchObject({ changed: false, same: 3, changes: [] });
  });

  test('of a corpus are compared by label: what was observed has no fixed words', () => {
    const corpus = (observed: string): SuiteRecord => ({
      schema: CORPUS_SCHEMA,
      corpus: { name: 'limbo' },
      board: {},
      results: [{ id: 'x', label: 'agrees', observed }],
    });
    expect(compareSuites(corpus('one'), corpus('two')).changed).toBe(false);
    expect(() => compareSuites(corpus('one'), before)).toThrow(
      'One record is of limbo, the other of BoGo; compare two records of one suite.',
    );
  });
});
