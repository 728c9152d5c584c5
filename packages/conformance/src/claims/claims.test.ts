import { expect, test } from 'vitest';
import { ALL_CASES } from '../cases/index.ts';
import { speaksOf } from '../verdict/firmware-range.ts';
import { CLAIMS } from './index.ts';

const caseIds = new Set(ALL_CASES.map(({ id }) => id));

test('case ids are unique', () => {
  expect(caseIds.size).toBe(ALL_CASES.length);
});

test('claim ids are unique', () => {
  expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length);
});

test('there are at least 80 claims of both sources and 200 cases in both roles', () => {
  expect(CLAIMS.length).toBeGreaterThanOrEqual(80);
  expect(new Set(CLAIMS.map(({ source }) => source))).toEqual(new Set(['book', 'documentation']));
  expect(new Set(CLAIMS.map(({ role }) => role))).toEqual(new Set(['module', 'client', 'server', 'both']));
  expect(caseIds.size).toBeGreaterThanOrEqual(200);
});

test.for(CLAIMS.map((claim) => [claim.id, claim] as const))('%s is observed by cases that exist', ([, claim]) => {
  expect(claim.cases.length).toBeGreaterThan(0);
  expect(claim.cases.filter((id) => !caseIds.has(id))).toEqual([]);
  expect(() => speaksOf(claim.firmware, '1.26')).not.toThrow();
});

test('every numbered case of the survey of the sources is a case here', () => {
  const numbers = new Set(
    ALL_CASES.flatMap(({ number }) => (number === undefined ? [] : [Number.parseInt(number, 10)])),
  );
  const missing = Array.from({ length: 78 }, (_, index) => index + 1).filter((number) => !numbers.has(number));
  expect(missing).toEqual([]);
});
