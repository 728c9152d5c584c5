import { expect, test } from 'vitest';
import { ALL_CASES } from '../cases/index.ts';
import { matchesPattern } from '../claim/pattern.ts';
import { FINDINGS } from '../findings/findings.ts';
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
  expect(claim.cases).toEqual(Object.keys(claim.expects));
  expect(claim.cases).not.toEqual([]);
  expect(claim.cases.filter((id) => !caseIds.has(id))).toEqual([]);
});

/** From the oldest that a board here may run to the development version. */
const VERSIONS = Array.from({ length: 18 }, (_, index) => `1.${12 + index}.0`);

test.for(CLAIMS.map((claim) => [claim.id, claim] as const))('%s speaks of a firmware and can fail', ([, claim]) => {
  expect(VERSIONS.filter((version) => speaksOf(claim.firmware, version))).not.toEqual([]);
  const anything = [null, '', 'accepted', 'anything', 7, [], {}];
  const deaf = Object.entries(claim.expects).filter(([, pattern]) =>
    anything.every((value) => matchesPattern(value, pattern)),
  );
  expect(deaf).toEqual([]);
});

test.for(FINDINGS.map((finding) => [finding.id, finding] as const))(
  '%s is shown by cases, not by anything',
  ([, finding]) => {
    expect(finding.cases).not.toEqual([]);
    expect(finding.cases.filter((id) => !caseIds.has(id))).toEqual([]);
    expect([null, 'anything', [], { end: 'survives' }].filter(finding.shows)).toEqual([]);
  },
);

test('every numbered case of the survey of the sources is a case here', () => {
  const numbers = new Set(
    ALL_CASES.flatMap(({ number }) => (number === undefined ? [] : [Number.parseInt(number, 10)])),
  );
  const missing = Array.from({ length: 78 }, (_, index) => index + 1).filter((number) => !numbers.has(number));
  expect(missing).toEqual([]);
});
