import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from './packed.ts';

const names = fc.constantFrom('a', '@times', '@rest', '@entries', '__proto__', 'a long name that repeats', '');
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant('@0'),
  fc.constant('@times'),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), fc.dictionary(names, tie('value'))),
})).value;

test('what is unpacked is what was packed, whatever a board sent', () => {
  fc.assert(
    fc.property(json, (value) => {
      const through = JSON.parse(JSON.stringify(pack(value)));
      expect(JSON.stringify(unpack(through))).toBe(JSON.stringify(value));
    }),
    { numRuns: Number(process.env.WIREWRAP_FUZZ_RUNS ?? 300) },
  );
});

test('what repeats is written once', () => {
  const record = { sender: 'board', typeName: 'application_data', length: 560 };
  const { table } = pack([record, { ...record }, { other: record }]);
  expect(table.filter((entry) => JSON.stringify(entry).includes('560'))).toHaveLength(1);
});

test('times keep their order and hundredths of a millisecond', () => {
  const list = [0, 0.931, 0.931, 1.55, 12_345.678].map((atMs) => ({ atMs, name: 'x' }));
  expect(unpack(pack(list))).toEqual([0, 0.93, 0.93, 1.55, 12_345.68].map((atMs) => ({ atMs, name: 'x' })));
});
