import { type CaseDetail, RUN_DETAILS_SCHEMA, RUN_RECORD_SCHEMA, type RunRecord } from '@wirewrap/conformance';
import { expect, test } from 'vitest';
import { testOutcome } from './test-outcome.ts';

const detail = (id: string, rest: Partial<CaseDetail> = {}): CaseDetail => ({
  case: id,
  test: id,
  file: 'f',
  status: 'passed',
  durationMs: 1,
  handshakes: [],
  ...rest,
});

const lost = { lost: 'the board was out of memory' };

function outcome(cases: readonly CaseDetail[], record: Partial<RunRecord> = {}, passed = true) {
  return testOutcome({
    record: { schema: RUN_RECORD_SCHEMA, board: {}, claims: [], observations: [], measurements: [], ...record },
    details: { schema: RUN_DETAILS_SCHEMA, board: {}, cases },
    passed,
  });
}

test('a good night says how many cases passed, and how many were skipped and why', () => {
  expect(outcome([detail('a'), detail('b', { status: 'skipped', skipped: 'no answer over UDP' })])).toEqual({
    detail: '1 case passed, 1 skipped (no answer over UDP: 1)',
    exitCode: 0,
  });
});

test('a night that lost most of its cases fails, class board, although no test failed', () => {
  const names = Array.from({ length: 1220 }, (_, index) => `x/${index}`);
  const observations = names.map((id) => ({ case: id, value: lost }));
  expect(outcome([...names.map((id) => detail(id)), detail('y')], { observations })).toEqual({
    detail: '1,220 lost (the board was out of memory: 1,220)',
    exitCode: 4,
  });
});

test('a few lost cases are told and forgiven', () => {
  expect(outcome([detail('a'), detail('b')], { observations: [{ case: 'b', value: lost }] })).toEqual({
    detail: '1 case passed, 1 lost (the board was out of memory: 1)',
    exitCode: 0,
  });
});

test('red claims are named', () => {
  const claims = [
    { id: 'book/pem', source: 'book', role: 'client', statement: 's', verdict: 'deviates', observed: 'o' },
  ] as const;
  expect(outcome([detail('a')], { claims }, false)).toEqual({ detail: '1 claim red: book/pem', exitCode: 3 });
});

test.for([
  ['firmware', 3],
  ['test', 1],
  ['link', 4],
  ['host', 5],
] as const)('a failed case of class %s ends with %i', ([failureClass, exitCode]) => {
  expect(outcome([detail('a', { status: 'failed', failureClass })], {}, false)).toEqual({
    detail: `1 case failed (${failureClass}): a`,
    exitCode,
  });
});
