import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplDriverError } from '../errors.ts';
import { parseSession, type SessionEntry } from './session-file.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);
const bytes = fc.uint8Array().map((data) => Buffer.from(data).toString('hex'));
const entry = fc.oneof(
  fc.record({ ms: fc.nat(), dir: fc.constantFrom('host', 'board'), hex: bytes }),
  fc.record({ ms: fc.nat(), dtr: fc.boolean(), rts: fc.boolean() }),
  fc.record({ ms: fc.nat(), event: fc.constantFrom('closed', 'opened', 'no modem lines') }),
  fc.record({ ms: fc.nat(), note: fc.string() }),
) as fc.Arbitrary<SessionEntry>;

test('entries that are written and read are the same', () => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      expect(parseSession(entries.map((each) => JSON.stringify(each)).join('\n'))).toEqual(entries);
    }),
    { numRuns },
  );
});

test('any text is read or refused with its line', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.array(fc.json()).map((lines) => lines.join('\n')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parseSession(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ReplDriverError);
      }
    }),
    { numRuns },
  );
});
