import { expect, test } from 'vitest';
import { boundaryOf, nextToCheck, nextToTry, type State, turnsOf } from './search.ts';

/** Searches where `truth` says what each firmware is; resolves with the states and how many were tried. */
function search(truth: readonly Exclude<State, undefined>[]) {
  const states: State[] = truth.map((state, at) => (at === 0 || at === truth.length - 1 ? state : undefined));
  let tried = 0;
  for (let at = nextToTry(states); at !== null; at = nextToTry(states)) {
    states[at] = truth[at];
    tried += 1;
  }
  return { states, tried, ...boundaryOf(states) };
}

test('every place of the change is found, in log2 of the firmwares', () => {
  for (let length = 2; length <= 70; length += 1) {
    for (let first = 1; first < length; first += 1) {
      const truth = Array.from({ length }, (_, at): 'good' | 'bad' => (at < first ? 'good' : 'bad'));
      const { firstBad, lastGood, between, tried } = search(truth);
      expect({ firstBad, lastGood, between }).toEqual({ firstBad: first, lastGood: first - 1, between: [] });
      expect(tried).toBeLessThanOrEqual(Math.ceil(Math.log2(length)));
    }
  }
});

test('what does not boot is left out, and stands for what it may be', () => {
  expect(search(['good', 'good', 'skipped', 'skipped', 'bad', 'bad'])).toMatchObject({
    lastGood: 1,
    firstBad: 4,
    between: [2, 3],
  });
  expect(search(['good', 'skipped', 'bad', 'skipped', 'bad'])).toMatchObject({ lastGood: 0, firstBad: 2 });
});

test('the checks go where nobody looked, the widest stretch first', () => {
  const states: State[] = ['good', 'good', 'bad', undefined, undefined, undefined, undefined, 'bad', undefined, 'bad'];
  expect(nextToCheck(states)).toBe(4);
  states[4] = 'bad';
  expect(nextToCheck(states)).toBe(5);
  expect(nextToCheck(['good', 'skipped', 'bad'])).toBeNull();
});

test('a behaviour that came and went has several turns', () => {
  expect(turnsOf(['good', 'skipped', 'bad', undefined, 'bad'])).toEqual([2]);
  expect(turnsOf(['good', 'bad', 'good', undefined, 'bad'])).toEqual([1, 2, 4]);
  expect(boundaryOf(['good', 'bad', 'good', 'bad'])).toMatchObject({ lastGood: 0, firstBad: 1 });
});
