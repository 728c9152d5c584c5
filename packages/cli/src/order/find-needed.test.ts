import { expect, test } from 'vitest';
import { findNeeded } from './find-needed.ts';

const names = (length: number): string[] => Array.from({ length }, (_, at) => `case ${at}`);

/** A search in which all of `needed` must run; says how often it was asked, and that the order was kept. */
async function search(before: readonly string[], isShown: (kept: readonly string[]) => boolean) {
  let [asked, inOrder] = [0, true];
  const found = await findNeeded(before, async (kept) => {
    asked += 1;
    inOrder &&= kept.join() === before.filter((name) => kept.includes(name)).join();
    return isShown(kept);
  });
  expect(inOrder).toBe(true);
  return { found, asked };
}

test('one that is needed is found at every place, in log2 of the cases', async () => {
  for (const length of [1, 2, 3, 7, 64, 100]) {
    const before = names(length);
    for (const needed of before) {
      const { found, asked } = await search(before, (kept) => kept.includes(needed));
      expect(found).toEqual([needed]);
      expect(asked).toBeLessThanOrEqual(Math.ceil(Math.log2(length)) + 1);
    }
  }
});

test('several that are needed together are found, in their order', async () => {
  const before = names(20);
  for (let first = 0; first < 20; first += 1) {
    for (let second = first + 1; second < 20; second += 1) {
      const needed = [before[first] ?? '', before[second] ?? ''];
      expect((await search(before, (kept) => needed.every((name) => kept.includes(name)))).found).toEqual(needed);
    }
  }
});

test('of two that are enough by themselves one is named: the last', async () => {
  const { found } = await search(names(30), (kept) => kept.includes('case 4') || kept.includes('case 20'));
  expect(found).toEqual(['case 20']);
});

test('without any one of those that are named it does not show itself, whatever undoes what', async () => {
  const before = names(12);
  let state = 1;
  const random = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  for (let round = 0; round < 200; round += 1) {
    // A board with a state that some cases set, some clear and some turn.
    const effects = before.map(() => random(4));
    const isShown = (kept: readonly string[]): boolean => {
      let set = false;
      for (const [at, name] of before.entries()) {
        if (!kept.includes(name)) continue;
        if (effects[at] === 1) set = true;
        if (effects[at] === 2) set = false;
        if (effects[at] === 3) set = !set;
      }
      return set;
    };
    if (!isShown(before)) continue;
    const { found } = await search(before, isShown);
    expect(isShown(found ?? [])).toBe(true);
    for (const name of found ?? []) expect(isShown(found?.filter((other) => other !== name) ?? [])).toBe(false);
  }
});

test('what does not repeat has no answer', async () => {
  expect((await search(names(8), () => false)).found).toBeNull();
});
