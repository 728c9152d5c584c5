import { expect, test } from 'vitest';
import type { ListedCase } from '../selection/select-cases.ts';
import { CaseQueue } from './case-queue.ts';

const cases = (suite: ListedCase['suite'], count: number): ListedCase[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${suite}/${i}`, suite, claims: [], findings: [] }));

test('a board stays with its suite in order, and is reset at the first case of each; crash comes last', async () => {
  const queue = new CaseQueue([...cases('book', 1), ...cases('trust', 2), ...cases('crash', 5)]);
  const asked = [];
  for (let message = await queue.next('a'); message !== null; message = await queue.next('a')) {
    asked.push(`${message.case}${message.fresh ? ' fresh' : ''}`);
    queue.done();
  }
  expect(asked).toEqual([
    'trust/0 fresh',
    'trust/1',
    'book/0 fresh',
    'crash/0 fresh',
    ...[1, 2, 3, 4].map((i) => `crash/${i}`),
  ]);
});

test('a second board begins with another suite, and helps where most is left', async () => {
  const queue = new CaseQueue([...cases('book', 3), ...cases('trust', 10)]);
  expect(await queue.next('a')).toEqual({ case: 'trust/0', fresh: true });
  expect(await queue.next('b')).toEqual({ case: 'trust/1', fresh: true });
  expect(await queue.next('c')).toEqual({ case: 'book/0', fresh: true });
});

test('the case of a board that is gone goes to one that waits; what takes two boards with it is asked no more', async () => {
  const queue = new CaseQueue(cases('book', 1));
  expect((await queue.next('a'))?.case).toBe('book/0');
  const waiting = queue.next('b');
  expect(queue.giveBack('a', 'book/0')).toBe(true);
  expect(await waiting).toEqual({ case: 'book/0', fresh: true });
  const third = queue.next('c');
  expect(queue.giveBack('b', 'book/0')).toBe(false);
  expect(await third).toBeNull();
});

test('a board that waits is let go when the last case has its answer, and when the run is ended', async () => {
  const queue = new CaseQueue(cases('book', 2));
  await queue.next('a');
  await queue.next('b');
  const waiting = queue.next('c');
  queue.done();
  queue.done();
  expect(await waiting).toBeNull();
  const ended = new CaseQueue(cases('book', 2));
  await ended.next('a');
  ended.close();
  expect(await ended.next('b')).toBeNull();
  ended.done();
  expect(await ended.next('a')).toBeNull();
});
