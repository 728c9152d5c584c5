import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplDriverError } from '../errors.ts';
import { parseLine } from './line-settings.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);

const pieces = [
  'serial:',
  'tcp://',
  'rfc2217://',
  'ws://',
  'exec:',
  'replay:',
  'COM1',
  '/dev/',
  '[::1]',
  ':',
  '?',
  'baud=',
  '&',
  '%',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.nat(70_000).map(String), fc.string({ unit: 'binary', maxLength: 4 })))
  .map((parts) => parts.join(''));

test('any text is a board URL or refused in one sentence', () => {
  fc.assert(
    fc.property(text, (url) => {
      try {
        const target = parseLine(url);
        expect(JSON.stringify(target)).not.toContain('\\u0000');
        if ('port' in target) expect(target.port).toSatisfy((port: number) => port > 0 && port < 65_536);
        if ('baudRate' in target) expect(target.baudRate).toSatisfy((rate: number) => rate >= 50);
      } catch (error) {
        expect(error).toBeInstanceOf(ReplDriverError);
        expect(error).toMatchObject({ code: 'BAD_URL', message: expect.stringMatching(/^[^\n\r]*\.$/) });
      }
    }),
    { numRuns },
  );
});

test('the words of a command come out as they were', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((each) => each.isWellFormed() && !each.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      const [command, ...args] = words;
      const url = `exec:${words.map(encodeURIComponent).join(' ')}`;
      expect(parseLine(url)).toEqual({ scheme: 'exec', command, args });
    }),
    { numRuns },
  );
});
