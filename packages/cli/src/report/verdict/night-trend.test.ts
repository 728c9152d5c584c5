import { RUN_RECORD_SCHEMA, type RunRecord } from '@wirewrap/conformance';
import { expect, test } from 'vitest';
import { nightTrend, sinceText } from './night-trend.ts';

const record = (value: unknown, verdict: 'conforms' | 'deviates' | null): RunRecord => ({
  schema: RUN_RECORD_SCHEMA,
  board: {},
  claims: verdict === null ? [] : [{ id: 'a', source: 'book', role: 'client', statement: 's', verdict, observed: 'o' }],
  observations: value === undefined ? [] : [{ case: 'x', value }],
  measurements: [],
});
const night = (day: number, ...rest: Parameters<typeof record>) => ({
  name: `2026-01-0${day}T03-00-00.000Z`,
  record: record(...rest),
});
const baseline = { name: 'b.json', record: record('old', null) };

test('says since when a claim is red and a case differs, over runs in a row', () => {
  const history = [
    night(1, 'new', 'deviates'),
    night(2, 'old', 'conforms'),
    night(3, 'new', 'conforms'),
    night(4, 'new', 'deviates'),
  ];
  const { redClaims, changedCases, nights } = nightTrend(record('new', 'deviates'), history, baseline);
  expect(redClaims.get('a')).toEqual({ first: '2026-01-04T03-00-00.000Z', runs: 1 });
  expect(changedCases.get('x')).toEqual({ first: '2026-01-03T03-00-00.000Z', runs: 2 });
  expect(nights.map(({ redClaims: red, changed }) => [red, changed])).toEqual([
    [1, 1],
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 1],
  ]);
});

test('a night that lost the case neither breaks the row nor counts', () => {
  const history = [night(1, 'new', null), night(2, undefined, null)];
  expect(nightTrend(record('new', null), history, baseline).changedCases.get('x')).toEqual({
    first: '2026-01-01T03-00-00.000Z',
    runs: 1,
  });
});

test('what was not there before is new', () => {
  const { changedCases } = nightTrend(record('new', null), [night(1, 'old', null)], baseline);
  expect(changedCases.get('x')).toEqual({ first: null, runs: 0 });
});

test.for([
  [{ first: null, runs: 0 }, 'new in this run'],
  [{ first: '2026-01-02T03-05-00.000Z', runs: 1 }, 'since 2026-01-02 03:05 UTC, one run before this one'],
  [{ first: 'monday', runs: 4 }, 'since monday, 4 runs before this one'],
] as const)('%j is %s', ([since, text]) => {
  expect(sinceText(since)).toBe(text);
});
