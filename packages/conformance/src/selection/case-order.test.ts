import { expect, test } from 'vitest';
import { ALL_CASES } from '../cases/index.ts';
import { ALL_SUITE_NAMES } from '../cases/suite-names.ts';
import { shuffled, suiteOrder } from './case-order.ts';
import { selectionOf, serializeSelection } from './case-selection.ts';
import { planRun } from './run-plan.ts';
import { selectCases } from './select-cases.ts';

const same = (text: string): string => text;
const ordered = planRun();
const other = planRun({ selection: { shuffle: 7 } });

test('a seed gives the same order each time, and another seed another', () => {
  const names = ALL_CASES.map(({ id }) => id);
  expect(shuffled(7, names, same)).toEqual(shuffled(7, names.toReversed(), same));
  expect(shuffled(8, names, same)).not.toEqual(shuffled(7, names, same));
  expect(shuffled(7, names, same).toSorted()).toEqual(names.toSorted());
});

test('a part of the cases keeps the order of the whole', () => {
  const part = selectCases({ cases: ['mutual/*'], shuffle: 7 }).map(({ id }) => id);
  expect(part.length).toBeGreaterThan(5);
  expect(part).toEqual(other.cases.filter((id) => id.startsWith('mutual/')));
});

test('a shuffled run asks the same cases and judges the same claims, each suite in one piece, crash last', () => {
  expect(other.cases).not.toEqual(ordered.cases);
  expect(other.cases.toSorted()).toEqual(ordered.cases.toSorted());
  expect(other.tests).toBe(ordered.tests);
  expect(other.whole).toBe(true);
  expect(other.suites.at(-1)).toBe('crash');
  expect(other.suites).not.toEqual(ordered.suites);
  expect(suiteOrder({})).toEqual(ALL_SUITE_NAMES);
});

test('a claim is judged behind the last of its suites in the order of the run', () => {
  const suiteOf = new Map(selectCases().map(({ id, suite }) => [id, suite]));
  let several = 0;
  for (const [suite, claims] of other.claims) {
    for (const claim of claims) {
      const places = claim.cases.map((id) => other.suites.indexOf(suiteOf.get(id) ?? 'book'));
      expect(other.suites[Math.max(...places)]).toBe(suite);
      if (new Set(places).size > 1) several += 1;
    }
  }
  expect(several).toBeGreaterThan(0);
});

test('the workers get the seed with the selection', () => {
  const selection = { cases: ['mutual/*'], shuffle: 7 };
  expect(selectionOf({ WIREWRAP_SELECTION: serializeSelection(selection) })).toEqual(selection);
  expect(() => selectionOf({ WIREWRAP_SELECTION: '{"shuffle":"7"}' })).toThrow('must be a selection of cases');
});

test('copies of a board ask the same cases and judge the same claims; those of several suites behind the last', () => {
  const plan = planRun({ selection: { copies: 3 } });
  expect(plan.cases.toSorted()).toEqual(ordered.cases.toSorted());
  expect(plan.tests).toBe(ordered.tests);
  expect(plan.whole).toBe(true);
  expect(plan.suites[0]).toBe('validation');
  const suiteOf = new Map(selectCases().map(({ id, suite }) => [id, suite]));
  let several = 0;
  for (const [suite, claims] of plan.claims) {
    for (const claim of claims) {
      const suites = new Set(claim.cases.flatMap((id) => suiteOf.get(id) ?? []));
      several += Number(suites.size > 1);
      expect(suites.size > 1 ? 'crash' : [...suites][0], claim.id).toBe(suite);
    }
  }
  expect(several).toBeGreaterThan(5);
});
