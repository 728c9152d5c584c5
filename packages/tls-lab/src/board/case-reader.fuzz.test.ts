import { encodeValue } from '@wirewrap/repl-driver';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outcomeOf } from './case-outcome.ts';
import { CaseReader } from './case-reader.ts';

const options = { numRuns: Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200) };
const run = { steps: [{ do: 'read' }] } as const;

const feed = (text: string, cuts: readonly number[]) => {
  const reader = new CaseReader(7, 'client', run);
  const at = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
  for (let index = 1; index < at.length; index++) reader.push(text.slice(at[index - 1], at[index]));
  return outcomeOf('client', run, reader, null, null);
};

/** Output of other programs and of the firmware: anything but a line of this very case. */
const noise = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('~7 ', '~x '));
const cuts = fc.array(fc.nat(), { maxLength: 12 });

test('a value comes through, whatever it is, however it is cut and whatever stands around it', () => {
  const values = fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(values, noise, cuts, (value, before, where) => {
      const text = `~7 S -2 1 (None,)\n${before}\n~7 S -1 1 (None,)\n~7 S 0 3 (${encodeValue(value)},)\n~7 Z (1, 1)\n`;
      const outcome = feed(text, where);
      expect(outcome).toMatchObject({ completed: true });
      expect(outcome.steps[0]?.value).toEqual(value);
    }),
    options,
  );
});

test('nothing that a board may print makes the reader throw', () => {
  const tagged = fc.tuple(fc.constantFrom('S', 'E', 'M', 'L', 'Z', 'A', 'N', 'Q', ''), fc.string({ unit: 'binary' }));
  const lines = fc.array(tagged.map(([tag, rest]) => `~7 ${tag} ${rest}\n`));
  fc.assert(
    fc.property(lines, cuts, (parts, where) => {
      feed(parts.join(''), where);
    }),
    options,
  );
});
