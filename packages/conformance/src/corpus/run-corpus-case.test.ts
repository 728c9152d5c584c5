import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CorpusCase } from './corpus-case.ts';
import { type CorpusBench, runCorpusCase } from './run-corpus-case.ts';

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

const corpusCase = (expected: CorpusCase['expected']): CorpusCase => ({
  id: 'x',
  presents: 'server',
  leaf: PEM,
  intermediates: [],
  trusted: [PEM],
  key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  name: 'board.test',
  time: null,
  expected,
});

interface Raised {
  readonly type: string;
  readonly args: readonly unknown[];
  readonly errno?: number;
}

/** A board that ends the connection like this; nothing of the wire matters here. */
function benchEnding(error: Raised | null, crash: string | null = null): CorpusBench {
  const raised = error === null ? null : { errno: null, errnoName: null, ...error };
  const wrap = { step: 'wrap', value: null, error: raised, ms: 1 };
  const board = { completed: error === null && crash === null, wrap, steps: [], error: raised, crash };
  const can = { keywords: ['cadata', 'cert_reqs'], pem: true };
  return { board: {}, pki: {}, can, tls: { connect: async () => ({ board, wire: null }) } } as unknown as CorpusBench;
}

describe.for(['accept', 'refuse'] as const)('the corpus says %s', (expected) => {
  const label = async (error: Raised | null, crash?: string) =>
    await runCorpusCase(corpusCase(expected), benchEnding(error, crash));

  test('a connection is an acceptance, a refusal is a refusal', async () => {
    expect(await label(null)).toMatchObject({ label: expected === 'accept' ? 'agrees' : 'accepts-invalid' });
    const invalid = { type: 'ValueError', args: ['invalid cert'] };
    expect(await label(invalid)).toMatchObject({ label: expected === 'refuse' ? 'agrees' : 'rejects-valid' });
  });

  test.for([
    { type: 'MemoryError', args: [], says: 'the board was out of memory' },
    { type: 'OSError', args: [12], errno: 12, says: 'the board was out of memory' },
    {
      type: 'TypeError',
      args: ["can't convert 'bytearray' object"],
      says: "TypeError: can't convert 'bytearray' object",
    },
    { type: 'OSError', args: [110], errno: 110, says: 'OSError 110' },
    { type: 'BoardGaveUp', args: ['no answer'], says: 'BoardGaveUp: no answer' },
  ])('$type says nothing about a certificate', async ({ says, ...error }) => {
    expect(await label(error)).toMatchObject({ label: 'skipped', observed: expect.stringContaining(says) });
  });

  test('a board that resets says nothing about it either', async () => {
    expect(await label(null, 'it panicked')).toMatchObject({ label: 'skipped', observed: 'the board reset' });
  });
});
