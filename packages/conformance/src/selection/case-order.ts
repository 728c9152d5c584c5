import { createHash } from 'node:crypto';
import { ALL_SUITE_NAMES, type AnySuiteName } from '../cases/suite-names.ts';
import type { CaseSelection } from './case-selection.ts';

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

/** What takes longest on a virtual board, in that order: begun first, it does not hold up the end. */
const LONGEST_SUITES: readonly AnySuiteName[] = ['validation', 'fault', 'handshake', 'server', 'memory'];

/**
 * The suites in the order in which they begin, the one that may crash the board after the others: with a seed in the order of
 * the seed, on copies of a virtual board those first that take longest.
 *
 * @example suiteOrder({ shuffle: 7 }).at(-1); // 'crash'
 */
export function suiteOrder({
  shuffle,
  copies = 1,
}: Pick<CaseSelection, 'shuffle' | 'copies'>): readonly AnySuiteName[] {
  if (shuffle === undefined && copies === 1) return ALL_SUITE_NAMES;
  const others = ALL_SUITE_NAMES.filter((name) => name !== LAST_SUITE);
  if (shuffle !== undefined) return [...shuffled(shuffle, others, (name) => name), LAST_SUITE];
  const rest = others.filter((name) => !LONGEST_SUITES.includes(name));
  return [...LONGEST_SUITES, ...rest, LAST_SUITE];
}
