import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProgramOutput } from './program-output.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);

const text = fc.stringMatching(/^[ab]{0,7}$/);
const markers = fc.stringMatching(/^[ab]{1,4}$/);

test('markers are found where they are in the whole text, in any chunking, one after the other', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), markers, fc.boolean(), (pieces, marker, asPattern) => {
      const whole = pieces.join('');
      const output = new ProgramOutput();
      const found: number[] = [];
      let [at, searched] = [0, 0];
      for (const piece of pieces) {
        output.add(piece);
        for (;;) {
          const end = output.endOf(asPattern ? new RegExp(marker) : marker, at, searched);
          searched = output.length;
          if (end === undefined) break;
          found.push(end);
          at = searched = end;
        }
      }
      const expected: number[] = [];
      for (let next = whole.indexOf(marker); next >= 0; next = whole.indexOf(marker, next + marker.length))
        expected.push(next + marker.length);
      expect(found).toEqual(expected);
      expect(output.endOf('', 0, output.length)).toBe(output.length);
      for (let from = 0; from <= whole.length; from++) expect(output.from(from)).toBe(whole.slice(from));
    }),
    { numRuns },
  );
});
