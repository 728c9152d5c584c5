import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Concealer } from '../line/concealer.ts';
import { encodeValue } from '../python/encode.ts';
import { ConcealedEntries } from './concealed-entries.ts';
import type { SessionEntry } from './session-file.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);

const secret = fc.stringMatching(/^[ -)+-~é]{4,12}$/).filter((text) => !text.includes('\\'));
const chunk = (text: fc.Arbitrary<string>) =>
  fc.record({ dir: fc.constantFrom('host' as const, 'board' as const), text });

function record(chunks: readonly { dir: 'host' | 'board'; text: Buffer }[], secrets: readonly string[]) {
  const written: SessionEntry[] = [];
  const entries = new ConcealedEntries(new Concealer(secrets), (entry) => written.push(entry));
  for (const { dir, text } of chunks) entries.addBytes(0, dir, text);
  entries.end();
  return written.map((entry) => ('hex' in entry ? { dir: entry.dir, text: Buffer.from(entry.hex, 'hex') } : null));
}

test('a secret is gone in any chunking, and nothing else, and the order stays', () => {
  fc.assert(
    fc.property(
      secret,
      fc.array(chunk(fc.string({ maxLength: 6 })), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (text, around, sizes) => {
        const whole = Buffer.from(text);
        const pieces: { dir: 'host' | 'board'; text: Buffer }[] = [];
        for (let at = 0, turn = 0; at < whole.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          pieces.push({ dir: 'host', text: whole.subarray(at, at + size) });
          const between = around[turn];
          // What the board says meanwhile divides the secret in the record.
          if (between) pieces.push({ dir: 'board', text: Buffer.from(between.text) });
          at += size;
        }
        const written = record(pieces, [text]);
        expect(written.map((each) => [each?.dir, each?.text.length])).toEqual(
          pieces.map((each) => [each.dir, each.text.length]),
        );
        const host = Buffer.concat(written.map((each) => (each?.dir === 'host' ? each.text : Buffer.alloc(0))));
        expect(host.toString('latin1')).toBe('*'.repeat(whole.length));
      },
    ),
    { numRuns },
  );
});

test('a secret is gone however Python writes it, in any chunking, and nothing else', () => {
  const character = fc.constantFrom('\\', "'", '"', '\n', 'é', '€', '😀', 'n', 'x', 'a', '0');
  const text = fc.array(character, { maxLength: 12 }).map((characters) => `q${characters.join('')}z`);
  const writings: ((secret: string) => string)[] = [
    (secret) => secret,
    (secret) => encodeValue(secret).slice(1, -1),
    (secret) =>
      encodeValue(encodeValue(secret))
        .slice(1, -1)
        .replace(/^\\'|\\'$/g, ''),
    (secret) => encodeValue(Buffer.from(secret)).slice(2, -1),
  ];
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(...writings),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
      (secret, write, sizes) => {
        const written = Buffer.from(write(secret));
        const whole = Buffer.concat([Buffer.from('k = '), written, Buffer.from('; more')]);
        const pieces: { dir: 'host'; text: Buffer }[] = [];
        for (let at = 0, turn = 0; at < whole.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          pieces.push({ dir: 'host', text: whole.subarray(at, at + size) });
          at += size;
        }
        const recorded = record(pieces, [secret]).map((each) => each?.text ?? Buffer.alloc(0));
        expect(Buffer.concat(recorded).toString('latin1')).toBe(`k = ${'*'.repeat(written.length)}; more`);
      },
    ),
    { numRuns },
  );
});

test('without a secret in them, bytes are written as they passed', () => {
  fc.assert(
    fc.property(fc.array(chunk(fc.stringMatching(/^[a-f\\]{0,9}$/)), { maxLength: 12 }), (chunks) => {
      const pieces = chunks.map(({ dir, text }) => ({ dir, text: Buffer.from(text) }));
      expect(record(pieces, ['abcdefgh', 'fed-up'])).toEqual(pieces);
    }),
    { numRuns },
  );
});
