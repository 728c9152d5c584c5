import { expect, test } from 'vitest';
import type { Capabilities, Claim } from '../claim.ts';
import { judgeClaim, redReason } from './judge-claim.ts';

const can: Capabilities = {
  module: 'ssl',
  keywords: ['cadata', 'cert_reqs'],
  contextKeywords: [],
  constants: [],
  methods: [],
  contextMethods: [],
  tlsContextMethods: [],
  mbedtlsVersion: null,
  engine: null,
  pem: true,
  fileNames: true,
  positional: true,
  contextPositional: true,
  clockSet: true,
  platform: 'esp32',
  version: '1.26.1',
  hardware: true,
  shape: null,
};

const claim: Claim = {
  id: 'book/example',
  source: 'book',
  role: 'client',
  topic: 'example',
  statement: 'The client completes',
  firmware: '>=1.20',
  cases: ['a', 'b'],
  expects: { a: { end: 'completes' }, b: { end: 'completes' } },
  deviations: [],
};
const known: Claim = { ...claim, deviations: [{ when: () => true, reason: 'as everybody knows' }] };
const good = { end: 'completes', hello: true };
const bad = {
  end: 'fails',
  at: 'wrap',
  error: { type: 'OSError', code: -1 },
  hello: true,
  boardAlert: null,
  peerAlert: null,
};

const table = [
  { name: 'every case as stated', claim, seen: { a: good, b: good }, verdict: 'conforms', red: false },
  { name: 'one case against it', claim, seen: { a: good, b: bad }, verdict: 'deviates', red: true },
  { name: 'a known deviation', claim: known, seen: { a: good, b: bad }, verdict: 'deviates', red: false },
  {
    name: 'a known deviation that went away',
    claim: known,
    seen: { a: good, b: good },
    verdict: 'conforms',
    red: true,
  },
  { name: 'a case that did not run', claim, seen: { a: good }, verdict: 'inconclusive', red: false },
  { name: 'a missing case does not hide a deviation', claim, seen: { a: bad }, verdict: 'deviates', red: true },
  {
    name: 'a lost case',
    claim,
    seen: { a: good, b: { lost: 'the board reset' } },
    verdict: 'inconclusive',
    red: false,
  },
  {
    name: 'a case that cannot be posed',
    claim,
    seen: { a: good, b: { unavailable: 'no DTLS' } },
    verdict: 'not-applicable',
    red: false,
  },
  {
    name: 'one of several is enough',
    claim: { ...claim, needs: 'some' as const },
    seen: { a: bad, b: good },
    verdict: 'conforms',
    red: false,
  },
  {
    name: 'none of several',
    claim: { ...claim, needs: 'some' as const },
    seen: { a: bad, b: bad },
    verdict: 'deviates',
    red: true,
  },
  {
    name: 'a firmware that the statement does not speak of',
    claim: { ...claim, firmware: '<1.20' },
    seen: { a: bad, b: bad },
    verdict: 'not-applicable',
    red: false,
  },
] as const;

test.for(table)('$name: $verdict', ({ claim: judged, seen, verdict, red }) => {
  const result = judgeClaim(judged, new Map(Object.entries(seen)), can);
  expect(result.verdict).toBe(verdict);
  expect(redReason(result) !== null).toBe(red);
  expect(result.observed).not.toBe('');
});

test('the shape of a virtual board counts, not the version of its engine', () => {
  const old = judgeClaim(claim, new Map(Object.entries({ a: good, b: good })), { ...can, shape: '1.18' });
  expect(old.verdict).toBe('not-applicable');
});

test('the result has the fields of the run record and no others', () => {
  const result = judgeClaim(known, new Map(Object.entries({ a: bad, b: bad })), can);
  expect(Object.keys(result).sort()).toEqual([
    'id',
    'knownDeviation',
    'observed',
    'role',
    'source',
    'statement',
    'verdict',
  ]);
  expect(result.observed).toBe('OSError -1 in wrap (a, b)');
});
