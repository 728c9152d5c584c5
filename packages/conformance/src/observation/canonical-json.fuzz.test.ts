import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, canonicalValue } from './canonical-json.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);

test('canonical JSON does not depend on the order of the keys, and is stable', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(canonicalJson(canonicalValue(value))).toBe(canonicalJson(value));
    }),
    { numRuns },
  );
});
