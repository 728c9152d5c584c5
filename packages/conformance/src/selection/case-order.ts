import { createHash } from 'node:crypto';
import { ALL_SUITE_NAMES, type AnySuiteName } from '../cases/suite-names.ts';

/** It may end the interpreter, so that it stays the last of a whole run. */
const LAST_SUITE: AnySuiteName = 'crash';

/** Where a name comes in the order of a seed. */
function placeOf(seed: number, name: string): string {
  return createHash('sha256').update(`${seed} ${name}`).digest('hex');
}

/**
 * Names in the order of a seed, the same on every machine. The order of a part of the names is that of the whole: whoever
 * leaves cases out keeps the others in their order.
 *
 * @example shuffled(7, ['a', 'b', 'c']); // each time the same
 */
export function shuffled<T>(seed: number, items: readonly T[], nameOf: (item: T) => string): T[] {
  const placed = items.map((item) => ({ item, place: placeOf(seed, nameOf(item)) }));
  return placed.toSorted((a, b) => (a.place < b.place ? -1 : 1)).map(({ item }) => item);
}

/**
 * The suites in the order in which they run: with a seed in the order of the seed, the one that may crash the board after the
 * others.
 *
 * @example suiteOrder(7).at(-1); // 'crash'
 */
export function suiteOrder(seed: number | undefined): readonly AnySuiteName[] {
  if (seed === undefined) return ALL_SUITE_NAMES;
  const others = ALL_SUITE_NAMES.filter((name) => name !== LAST_SUITE);
  return [...shuffled(seed, others, (name) => name), LAST_SUITE];
}
