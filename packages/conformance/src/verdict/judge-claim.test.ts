import { expect, test } from 'vitest';
import type { Capabilities, Claim } from '../claim/claim.ts';
import { isAgainst, judgeClaim, redReason } from './judge-claim.ts';

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
const known: Claim = {
  ...claim,
  deviations: [{ when: () => true, observed: { error: { code: -1 } }, reason: 'as everybody knows' }],
};
const good = { end: 'completes', hello: true };
const bad = {
  end: 'fails',
  at: 'wrap',
  error: { type: 'OSError', code: -1 },
  hello: true,
  boardAlert: null,
  peerAlert: null,
};

const sometimes = {
  intermittent: [
    { times: 4, value: good },
    { times: 1, value: bad },
  ],
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
  {
    name: 'a case that shows it in some runs and not in others',
    claim,
    seen: { a: good, b: sometimes },
    verdict: 'intermittent',
    red: true,
  },
  {
    name: 'several outcomes of which each is as stated',
    claim,
    seen: {
      a: good,
      b: {
        intermittent: [
          { times: 1, value: good },
          { times: 1, value: { ...good, hello: false } },
        ],
      },
    },
    verdict: 'conforms',
    red: false,
  },
  {
    name: 'a known deviation that is not always there',
    claim: known,
    seen: { a: bad, b: sometimes },
    verdict: 'intermittent',
    red: true,
  },
  {
    name: 'a case against it beside an intermittent one',
    claim,
    seen: { a: bad, b: sometimes },
    verdict: 'deviates',
    red: true,
  },
  {
    name: 'a known deviation that excuses one case does not hide that another is intermittent and one is lost',
    claim: known,
    seen: { a: { lost: 'the board reset' }, b: sometimes },
    verdict: 'intermittent',
    red: true,
  },
  {
    name: 'one of several is enough and is not intermittent',
    claim: { ...claim, needs: 'some' as const },
    seen: { a: good, b: sometimes },
    verdict: 'conforms',
    red: false,
  },
  {
    name: 'one of several is enough and holds only now and then',
    claim: { ...claim, needs: 'some' as const },
    seen: { a: bad, b: sometimes },
    verdict: 'deviates',
    red: true,
  },
  {
    name: 'a board that crashes now and then',
    claim: { ...claim, expects: { a: () => true, b: () => true } },
    seen: {
      a: good,
      b: {
        intermittent: [
          { times: 4, value: good },
          { times: 1, value: { end: 'crashes' } },
        ],
      },
    },
    verdict: 'intermittent',
    red: true,
  },
] as const;

test.for(table)('$name: $verdict', ({ claim: judged, seen, verdict, red }) => {
  const result = judgeClaim(judged, new Map(Object.entries(seen)), can);
  expect(result.verdict).toBe(verdict);
  expect(redReason(result) !== null).toBe(red);
  expect(result.observed).not.toBe('');
});

test('an intermittent verdict says which case, and how often of how many', () => {
  const result = judgeClaim(claim, new Map(Object.entries({ a: good, b: sometimes })), can);
  expect(redReason(result)).toBe(
    'book/example holds in some runs of a case and not in others: intermittent: 4 of 5 completes; 1 of 5 OSError -1 in wrap (b)',
  );
});

test.for([
  ['as stated', claim, good, false],
  ['against it', claim, bad, true],
  ['a known deviation', known, bad, false],
  ['lost', claim, { lost: 'the board reset' }, false],
  ['another firmware', { ...claim, firmware: '<1.20' }, bad, false],
  ['one case of several is enough', { ...claim, needs: 'some' as const }, bad, false],
] as const)('a value is against a claim by itself: %s', ([, of, value, against]) => {
  expect(isAgainst(of, 'a', value, can)).toBe(against);
});

const asked = new Set(['a', 'b']);

test.for([
  { name: 'one case of several, against it', seen: { a: bad }, needs: 'some', of: ['a'], because: 'not-asked' },
  { name: 'the other was lost', seen: { a: bad, b: { lost: 'the board reset' } }, needs: 'some', because: 'lost' },
  { name: 'the other did not run', seen: { a: bad }, needs: 'some', because: 'not-run' },
  { name: 'both were lost', seen: { a: { lost: 'the board reset' }, b: { lost: 'out of memory' } }, because: 'lost' },
  { name: 'one was asked and fits', seen: { a: good }, of: ['a'], because: 'not-asked' },
] as const)('only what was asked is judged: $name', ({ seen, because, ...rest }) => {
  const { needs, of } = rest as { needs?: 'some'; of?: readonly string[] };
  const judged = { ...claim, ...(needs === undefined ? {} : { needs }) };
  const result = judgeClaim(judged, new Map(Object.entries(seen)), can, of === undefined ? asked : new Set(of));
  expect(result).toMatchObject({ verdict: 'inconclusive', because });
  expect(redReason(result)).toBeNull();
});

test.for([
  { name: 'one is enough and shows it', seen: { a: good }, needs: 'some', verdict: 'conforms' },
  {
    name: 'one is enough, the other was lost',
    seen: { a: good, b: { lost: 'x' } },
    needs: 'some',
    verdict: 'conforms',
  },
  { name: 'every case is needed and one is against it', seen: { a: bad }, needs: 'every', verdict: 'deviates' },
] as const)('what is decided by a part is decided: $name', ({ seen, needs, verdict }) => {
  const result = judgeClaim({ ...claim, needs }, new Map(Object.entries(seen)), can, new Set(Object.keys(seen)));
  expect(result.verdict).toBe(verdict);
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
