import { describe, expect, test } from 'vitest';
import { ELLIPSIS } from './ellipsis.ts';
import { encodeValue } from './encode.ts';

describe('a value as a Python literal', () => {
  // biome-ignore lint/suspicious/noSparseArray: the case itself
  const holes = [1, , 3];
  const table: [string, unknown, string][] = [
    ['an array with holes', holes, '[1, None, 3]'],
    ['an array of nothing', new Array(2), '[None, None]'],
    ['a key that is an array', new Map([[[1, [2]], [3]]]), '{(1, (2,)): [3]}'],
    ['a key that is an empty array', new Map([[[], 1]]), '{(): 1}'],
    ['a set of arrays', new Set([[1, 2]]), '{(1, 2)}'],
    ['a set of sets', new Set([new Set([1]), new Set()]), '{frozenset({1}), frozenset()}'],
    ['the ellipsis that a board gave', [ELLIPSIS, new Map([[ELLIPSIS, 1]])], '[..., {...: 1}]'],
    ['numbers', [-0, Number.POSITIVE_INFINITY, 1e21, 2n ** 64n], "[-0.0, float('inf'), 1e+21, 18446744073709551616]"],
  ];
  test.for(table)('%s', ([, value, literal]) => {
    expect(encodeValue(value)).toBe(literal);
  });

  test('nested deeper than a board takes is refused, however deep', () => {
    for (const depth of [201, 100_000]) {
      let value: unknown = 1;
      for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { value };
      expect(() => encodeValue(value)).toThrow(
        expect.objectContaining({ code: 'BAD_VALUE', message: expect.stringContaining('deeper than 200') }),
      );
    }
  });
});
