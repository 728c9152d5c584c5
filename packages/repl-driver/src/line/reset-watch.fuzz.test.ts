import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSession, sectionOf } from '../record/session-file.ts';
import { ResetWatch } from './reset-watch.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);

const sessions = new URL('../../../../fixtures/sessions/', import.meta.url);
const panics: Record<string, Record<string, { hex: string }>> = JSON.parse(
  readFileSync(new URL('panics.json', sessions), 'utf8'),
);
const resets = ['1.18', '1.20', '1.23', '1.26.1'].map((version) => {
  const entries = sectionOf(readSession(new URL(`esp32-${version}.jsonl`, sessions).pathname), 'hard reset');
  return Buffer.from(
    entries.map((entry) => ('dir' in entry && entry.dir === 'board' ? entry.hex : '')).join(''),
    'hex',
  );
});
/** What real firmware sends when it dies or starts again. */
const deaths = [
  ...Object.values(panics).flatMap((programs) => Object.values(programs).map(({ hex }) => Buffer.from(hex, 'hex'))),
  ...resets,
];
const words = fc.constantFrom(
  'rst:',
  'MPY: soft ',
  'Guru',
  '>>> ',
  '\r\n',
  'help()',
  'abort(',
  '\x04',
  'MicroPython v1',
);
const printed = fc
  .array(fc.oneof(words, fc.string({ maxLength: 40 })), { maxLength: 20 })
  .map((pieces) => Buffer.from(pieces.join(''), 'utf8'));
const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 });

test('a death of real firmware is seen in any chunking, behind whatever the program printed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...deaths), printed, sizes, fc.nat(20), (death, before, chunks, pendingBytes) => {
      const bytes = Buffer.concat([before, death]);
      const whole = new ResetWatch();
      whole.add(bytes);
      const kept = Math.max(0, bytes.length - pendingBytes);
      const watch = new ResetWatch();
      for (let at = 0, turn = 0; at < kept; turn++) {
        const end = Math.min(kept, at + (chunks[turn % chunks.length] ?? 1));
        watch.add(bytes.subarray(at, end));
        at = end;
      }
      const pending = bytes.subarray(kept);
      expect(watch.signs(pending)).toBe('certain');
      expect(watch.error(pending, '').reason).toBe(whole.error(Buffer.alloc(0), '').reason);
    }),
    { numRuns },
  );
});
