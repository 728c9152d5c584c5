import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteLength, cutText } from './cut-text.ts';

test('a text that fits is left alone', () => {
  expect(cutText('short', 40)).toBe('short');
});

test('a longer one is cut, and says so; no character is cut in two', () => {
  expect(cutText('é'.repeat(100), 60)).toMatch(/^é+ \[cut: the report has the rest\]$/);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 40, max: 200 }), (text, bytes) => {
      const cut = cutText(text, bytes);
      expect(byteLength(cut)).toBeLessThanOrEqual(bytes);
      if (!text.includes('\ufffd')) expect(cut).not.toContain('\ufffd');
    }),
    { numRuns: Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200) },
  );
});
