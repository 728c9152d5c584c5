import type { RunRecord } from '@wirewrap/conformance';
import { expect, test } from 'vitest';
import { type Answers, answersOf, differenceOf, judge } from './answers.ts';

const answers = (values: Record<string, unknown>): Answers => new Map(Object.entries(values));
const TWO_OUTCOMES = {
  intermittent: [
    { times: 4, value: 'completes' },
    { times: 1, value: 'fails' },
  ],
};
const good = answers({ a: 'completes', b: 1, c: 1 });
const bad = answers({ a: 'fails', b: 1, c: 1 });
const { watched } = differenceOf([good, good], [bad, bad], null);

test('what differs between the ends is watched, and nothing else', () => {
  expect(watched).toEqual([{ name: 'a', good: 'completes', bad: 'fails' }]);
});

test('what has two answers on one end is set apart', () => {
  const again = answers({ a: 'fails', b: 2, c: 1 });
  expect(differenceOf([good, good], [bad, again], null)).toEqual({ watched, flaky: ['b'] });
});

test('what is intermittent within one run is set apart, as a case and as a claim', () => {
  const shaky = answers({ a: TWO_OUTCOMES, b: 1, c: 1 });
  expect(differenceOf([good], [shaky], null)).toEqual({ watched: [], flaky: ['a'] });
  const record = (verdict: string) => ({ claims: [{ id: 'x', verdict }], observations: [] }) as unknown as RunRecord;
  const of = (verdict: string) => answersOf(record(verdict), ['x']);
  expect(differenceOf([of('conforms')], [of('intermittent')], null)).toEqual({ watched: [], flaky: ['x'] });
});

test('with a baseline only what the good end does as it says', () => {
  expect(differenceOf([good], [bad], answers({ a: 'completes' })).watched).toEqual(watched);
  expect(differenceOf([good], [bad], answers({ a: 'resets' })).watched).toEqual([]);
});

test.for([
  ['as the good one', [good, good], { state: 'good', changed: [], other: [] }],
  ['as the bad one', [bad, bad], { state: 'bad', changed: ['a'], other: [] }],
  ['neither', [answers({ a: 'resets' })], { state: 'bad', changed: ['a'], other: [{ name: 'a', value: 'resets' }] }],
  ['both in turn', [good, bad], { state: 'skipped', reason: 'a has two answers: completes; fails' }],
  [
    'intermittent in one run',
    [answers({ a: TWO_OUTCOMES }), answers({ a: TWO_OUTCOMES })],
    {
      state: 'skipped',
      reason:
        'a has two answers: intermittent: 4 of 5 completes; 1 of 5 fails; intermittent: 4 of 5 completes; 1 of 5 fails',
    },
  ],
  ['without an answer', [answers({ b: 1 })], { state: 'skipped', reason: 'a did not come to its end' }],
  ['lost', [answers({ a: { lost: 'no answer in time' } })], { state: 'skipped', reason: 'a: lost: no answer in time' }],
  [
    'not possible for this host',
    [answers({ a: { unavailable: 'no openssl', limit: 'host' } })],
    { state: 'skipped', reason: 'a: not possible here: no openssl' },
  ],
  [
    'not possible for the firmware',
    [answers({ a: { unavailable: 'no DTLS' } })],
    { state: 'bad', changed: ['a'], other: [{ name: 'a', value: { unavailable: 'no DTLS' } }] },
  ],
] as const)('a firmware that is %s', ([, runs, expected]) => {
  expect(judge(watched, runs)).toMatchObject(expected);
});

test('a case that the bad end loses each time is an answer', () => {
  const lost = answers({ a: { lost: 'the board reset' } });
  const since = differenceOf([good, good], [lost, lost], null).watched;
  expect(judge(since, [lost, lost])).toMatchObject({ state: 'bad', changed: ['a'] });
});
