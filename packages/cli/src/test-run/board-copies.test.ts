import { parseBoard } from '@wirewrap/boards';
import { expect, test } from 'vitest';
import { copiesFor } from './board-copies.ts';

const virtual = [parseBoard('virtual?engine=esp32')];
const nothing = { values: {}, options: {} };

test('a whole run on a virtual board is asked on three copies of it, on a machine with one core on two', () => {
  expect(copiesFor(virtual, {}, nothing, 8)).toBe(3);
  expect(copiesFor(virtual, {}, nothing, 2)).toBe(3);
  expect(copiesFor(virtual, {}, nothing, 1)).toBe(2);
});

test.for([
  ['another board', [parseBoard('/dev/ttyUSB0')], {}, nothing],
  ['two boards', [...virtual, ...virtual], {}, nothing],
  ['no board', [], {}, nothing],
  ['a run of few cases', virtual, { cases: ['module/*'] }, nothing],
  ['an order of its own', virtual, { shuffle: 7 }, nothing],
  ['cases that are repeated', virtual, { count: 2 }, nothing],
  ['cases that are repeated until they fail', virtual, { untilFail: true }, nothing],
  ['a look at the serial line', virtual, {}, { values: { serial: true }, options: {} }],
  ['a look at the time', virtual, {}, { values: { profile: true }, options: {} }],
  ['a bound on the workers', virtual, {}, { values: {}, options: { maxWorkers: 1 } }],
  ['a run that ends at a failure', virtual, {}, { values: {}, options: { bail: 1 } }],
  ['tests under another root', virtual, {}, { values: {}, options: { root: '/elsewhere' } }],
  ['a pattern', virtual, {}, { values: {}, options: { testNamePattern: 'client' } }],
] as const)('%s: one after the other', ([, boards, selection, asked]) => {
  expect(copiesFor(boards, selection, asked, 8)).toBe(1);
});
