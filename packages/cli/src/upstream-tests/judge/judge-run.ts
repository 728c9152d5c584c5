import { readFileSync } from 'node:fs';
import type { ForeignResult } from '@wirewrap/conformance';
import { judgeFailure, type KnownCase } from '../../foreign/known-case.ts';
import type { TestRun } from '../board/run-test.ts';
import type { UpstreamTest } from '../upstream-test.ts';
import { type Expectation, firstDifference, unittestPassed } from './expectation.ts';

/** What is known of MicroPython's tests on its own firmwares. */
export interface KnownTests {
  /** Run, and known to fail. */
  readonly expected: readonly KnownCase[];
  /** Skipped by the test itself, with what the firmware lacks. */
  readonly skipped: readonly KnownCase[];
}

export const knownTests: KnownTests = JSON.parse(
  readFileSync(new URL('./upstream-tests.json', import.meta.url), 'utf8'),
);

/** What one test means: its output against what was expected, and what is known of it. */
export function judgeRun(
  { id, role }: UpstreamTest,
  { lines, ends }: TestRun,
  expectation: Expectation,
  rows: KnownTests,
): ForeignResult {
  const result = (part: Omit<ForeignResult, 'id' | 'role'>): ForeignResult => ({ id, role, ...part });
  const reset = ends.find((end) => end.how === 'reset');
  if (reset) return result({ label: 'lost', observed: null, reason: `a board reset in the test: ${reset.reason}` });
  if (ends.some(({ how }) => how === 'skipped')) {
    const { reason } = judgeFailure(rows.skipped, id, 'SKIP');
    return result({ label: 'skipped', observed: null, reason: reason ?? 'the firmware lacks what the test is about' });
  }
  const passed = unittestPassed(lines);
  if (passed !== null) {
    if (passed) return result({ label: 'passed', observed: null, reason: null });
    return result(judgeFailure(rows.expected, id, lines.filter((line) => line.startsWith('FAIL')).join(', ')));
  }
  if ('unknown' in expectation) return result({ label: 'skipped', observed: null, reason: expectation.unknown });
  const difference = firstDifference(expectation.lines, lines);
  if (difference === null) return result({ label: 'passed', observed: null, reason: null });
  return result(judgeFailure(rows.expected, id, difference));
}
