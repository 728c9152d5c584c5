import { expect, test } from 'vitest';
import type { TestRun } from '../board/run-test.ts';
import type { UpstreamTest } from '../upstream-test.ts';
import { judgeRun, type KnownTests, knownTests } from './judge-run.ts';

const it: UpstreamTest = { id: 'multi_net/ssl_x/server', path: 'x.py', role: 'server', instance: 0 };
const rows: KnownTests = {
  expected: [{ cases: ['multi_net/*'], says: 'known', reason: 'it is so', confirms: 'a-finding' }],
  skipped: [{ cases: ['multi_net/*'], reason: 'it lacks it' }],
};
const run = (lines: readonly string[], how: 'ended' | 'skipped' = 'ended'): TestRun => ({
  lines,
  ends: [{ how }, { how: 'ended' }],
  wire: [],
});
const judge = (each: TestRun) => judgeRun(it, each, { lines: ['well'] }, rows);

test('a test is passed, expected with its reason, or unexplained', () => {
  expect(judge(run(['well']))).toMatchObject({ label: 'passed', observed: null, reason: null });
  expect(judge(run(['known']))).toMatchObject({ label: 'expected', reason: 'it is so (a-finding)' });
  expect(judge(run(['other']))).toMatchObject({
    label: 'unexplained',
    observed: 'line 1 is "other" instead of "well"',
    reason: null,
  });
});

test('a test that says SKIP is skipped, and one in which a board resets is lost', () => {
  expect(judge(run([], 'skipped'))).toMatchObject({ label: 'skipped', reason: 'it lacks it' });
  const reset: TestRun = { lines: [], ends: [{ how: 'ended' }, { how: 'reset', reason: 'brown-out' }], wire: [] };
  expect(judge(reset)).toMatchObject({ label: 'lost', reason: 'a board reset in the test: brown-out' });
});

test('a test that nobody knows the output of is skipped with why', () => {
  expect(judgeRun(it, run(['x']), { unknown: 'there is no python3' }, rows)).toMatchObject({
    label: 'skipped',
    reason: 'there is no python3',
  });
});

test('every row of upstream-tests.json has cases and a reason', () => {
  for (const { cases, reason } of [...knownTests.expected, ...knownTests.skipped]) {
    expect(cases.length).toBeGreaterThan(0);
    expect(reason.length).toBeGreaterThan(10);
  }
});
