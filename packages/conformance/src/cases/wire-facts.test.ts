import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matchesPattern, type Pattern } from '../claim/pattern.ts';
import type { RunRecord } from '../run-record.ts';

const COMPLETES = { end: 'completes' } as const;
const fails = (code: number): Pattern => ({ end: 'fails', error: { type: 'OSError', code } });
const reset = { end: 'fails', error: { type: 'OSError', name: 'reset' } } as const satisfies Pattern;
/** b'' where data should be, and no error. */
const invisible = { end: 'completes', endOfData: "b''" } as const satisfies Pattern;

/** What a C program on mbedTLS 3.6.6 answered as client in TLS 1.2: the library's own behaviour, without MicroPython. */
const FACTS: readonly { readonly faults: readonly string[]; readonly shows: Pattern }[] = [
  { faults: ['fragments-of-1-byte', 'fragments-of-7-bytes', 'warning-alert-112-in-data'], shows: COMPLETES },
  // From mbedTLS 3.6.3 on.
  { faults: ['hello-over-two-records', 'certificate-over-records', 'finished-over-records'], shows: COMPLETES },
  {
    faults: [
      'hello-in-3-byte-records',
      'http-answer',
      'random-bytes',
      'empty-handshake-record',
      'wrong-record-version',
      'unknown-record-type',
    ],
    shows: fails(-0x7200),
  },
  { faults: ['oversize-record-18433', 'oversize-record-65535'], shows: fails(-0x7100) },
  { faults: ['rst-before-hello', 'rst-in-hello', 'rst-instead-of-close-notify'], shows: reset },
  { faults: ['fin-before-hello', 'fin-in-hello'], shows: fails(-0x7280) },
  { faults: ['bit-flip-in-finished', 'bit-flip-in-data', 'replayed-data'], shows: fails(-0x7180) },
  {
    faults: ['fatal-alert-40-before-hello', 'fatal-alert-70-before-hello', 'fatal-alert-112-before-hello'],
    shows: fails(-0x7780),
  },
  { faults: ['downgrade-to-1.0'], shows: fails(-0x6e80) },
  { faults: ['no-close-notify', 'truncated-record-then-fin'], shows: invisible },
];

describe.for(['debian-1.25.0', 'debian-1.26.1'])('%s does what its mbedTLS does', (name) => {
  const file = new URL(`../../../../fixtures/baselines/${name}.json`, import.meta.url);
  const record: RunRecord = JSON.parse(readFileSync(file, 'utf8'));
  const values = new Map(record.observations.map((item) => [item.case, item.value]));

  test.for(FACTS)('$faults', ({ faults, shows }) => {
    const against = faults.filter((fault) => !matchesPattern(values.get(`fault/${fault}`) ?? null, shows));
    expect(against).toEqual([]);
  });

  test('truncation is invisible to a server, and in TLS 1.3, as well', () => {
    const cases = ['server', 'tls13'].flatMap((where) =>
      ['no-close-notify', 'truncated-record-then-fin', 'fin-in-data'].map((fault) => `fault/${where}/${fault}`),
    );
    expect(cases.filter((id) => !matchesPattern(values.get(id) ?? null, invisible))).toEqual([]);
  });
});
