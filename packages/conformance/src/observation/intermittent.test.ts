import { expect, test } from 'vitest';
import { describeValue } from './describe-value.ts';
import { LOST_ALERT } from './equal-behaviour.ts';
import { isIntermittent, sameOutcomes, showsOnly, sumOutcomes } from './intermittent.ts';

const done = { end: 'completes', hello: true };
const fails = { end: 'fails', at: 'wrap', error: { type: 'OSError', code: -104 }, boardAlert: '48 unknown_ca' };
const both = {
  intermittent: [
    { times: 4, value: done },
    { times: 1, value: fails },
  ],
};

test.for([
  { name: 'the same each time', values: [done, done, done], sum: done },
  { name: 'two outcomes, the frequent one first', values: [fails, done, done, done, done], sum: both },
  { name: 'an alert that was lost to a reset', values: [fails, { ...fails, boardAlert: LOST_ALERT }], sum: fails },
  { name: 'a run that was lost in between', values: [done, { lost: 'no answer in time' }, done], sum: done },
  { name: 'nothing but lost runs', values: [{ lost: 'the board reset' }], sum: { lost: 'the board reset' } },
  { name: 'one run', values: [fails], sum: fails },
] as const)('$name', ({ values, sum }) => {
  expect(sumOutcomes(values)).toEqual(sum);
  expect(isIntermittent(sumOutcomes(values))).toBe(sum === both);
});

test('the order of the runs does not show', () => {
  expect(sumOutcomes([done, fails])).toEqual(sumOutcomes([fails, done]));
});

test('outcomes are compared, not how often each was seen', () => {
  const rarer = sumOutcomes([done, fails]);
  expect(sameOutcomes(both, rarer)).toBe(true);
  expect(sameOutcomes(both, done)).toBe(false);
  expect(sameOutcomes(done, done)).toBe(true);
  expect(showsOnly(done, both)).toBe(true);
  expect(showsOnly(both, done)).toBe(false);
  expect(showsOnly({ end: 'crashes' }, both)).toBe(false);
});

test('it is told with how often of how many', () => {
  expect(describeValue(both)).toBe(
    "intermittent: 4 of 5 completes; 1 of 5 OSError -104 in wrap, board's alert 48 unknown_ca",
  );
});
