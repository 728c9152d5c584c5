import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Capabilities, Claim } from '../claim/claim.ts';
import { parseRunRecord } from '../record/record-file.ts';
import { judgeClaim, judgeClaims, redReason } from '../verdict/judge-claim.ts';
import { CLAIMS } from './index.ts';

const fixtures = join(import.meta.dirname, '../../../../fixtures');
const records = ['baselines', 'firmware-runs'].flatMap((folder) =>
  readdirSync(join(fixtures, folder))
    .filter((name) => /^(esp32|debian)-[^m]*\.json$/.test(name) && !name.includes('measurements'))
    .map((name) => ({
      name,
      record: parseRunRecord(JSON.parse(readFileSync(join(fixtures, folder, name), 'utf8')), name),
    })),
);
const capabilitiesOf = (name: string): Capabilities =>
  records.find((item) => item.name === name)?.record.board.capabilities as Capabilities;

const TODAY = capabilitiesOf('esp32-1.26.1.json');
const OF_1_20 = capabilitiesOf('esp32-1.20.0.json');
/** The newest that is documented, built with everything. */
const OF_1_29: Capabilities = {
  ...TODAY,
  version: '1.29.0',
  tlsContextMethods: [...TODAY.tlsContextMethods, 'psk_identity', 'psk_key', 'server_psk_keys'],
};
/** A firmware of before 1.20, when nothing could be validated. */
const OF_1_18: Capabilities = {
  ...OF_1_20,
  version: '1.18',
  keywords: ['cert', 'do_handshake', 'key', 'server_hostname', 'server_side'],
  constants: [],
};

const speaks = (claim: Claim, can: Capabilities): boolean =>
  judgeClaim(claim, new Map(), can).because !== 'other-firmware' && claim.unless?.(can) == null;

const seen = (claim: Claim, value: unknown): ReadonlyMap<string, unknown> =>
  new Map(claim.cases.map((name) => [name, value]));

const WRONG = [
  ['the board crashes', { end: 'crashes' }],
  [
    'RuntimeError in wrap before a ClientHello',
    { end: 'fails', at: 'wrap', hello: false, error: { type: 'RuntimeError' } },
  ],
  ['RuntimeError behind the ClientHello', { end: 'fails', at: 'wrap', hello: true, error: { type: 'RuntimeError' } }],
  ['no memory', { end: 'fails', at: 'wrap', hello: true, error: { type: 'OSError', code: 12, name: 'ENOMEM' } }],
  ['an expression raises', { raises: { type: 'RuntimeError', text: 'no' } }],
] as const;

describe.for([
  ['1.29', OF_1_29],
  ['1.26.1', TODAY],
  ['1.20.0', OF_1_20],
  ['1.18', OF_1_18],
] as const)('on %s', ([, can]) => {
  const claims = CLAIMS.filter((claim) => speaks(claim, can));

  test.for(WRONG)('every claim is red when all that its cases show is: %s', ([, value]) => {
    const green = claims.filter((claim) => redReason(judgeClaim(claim, seen(claim, value), can)) === null);
    expect(green.map(({ id }) => id)).toEqual([]);
  });

  test('a claim whose cases were all lost is neither green nor red', () => {
    const results = claims.map((claim) => judgeClaim(claim, seen(claim, { lost: 'the board reset' }), can));
    expect(results.filter(({ because }) => because !== 'lost').map(({ id }) => id)).toEqual([]);
    expect(results.filter((result) => redReason(result) !== null)).toEqual([]);
  });
});

test.for(records)('what was seen in $name keeps the run green', ({ record }) => {
  const results = judgeClaims(CLAIMS, record.observations, record.board.capabilities as Capabilities);
  expect(results.map(redReason).filter((reason) => reason !== null)).toEqual([]);
  expect(results.filter(({ verdict }) => verdict === 'conforms').length).toBeGreaterThan(30);
});

/** What each known deviation does not excuse: the same absence on a firmware that should have it. */
test.for([
  ['CERT_ constants gone from a later firmware', 'book/constants', { constants: [] }, ['wrap_socket']],
  [
    'PEM lost on a chip',
    'book/pem',
    { pem: false },
    { end: 'fails', hello: false, error: { type: 'ValueError', text: 'invalid key' } },
  ],
  [
    'cert_reqs renamed',
    'documentation/keyword/cert_reqs',
    { keywords: [] },
    { raises: { type: 'TypeError', text: "unexpected keyword argument 'cert_reqs'" } },
  ],
] as const)('a regression is not excused as an old firmware: %s', ([, id, lost, value]) => {
  const claim = CLAIMS.find((candidate) => candidate.id === id) as Claim;
  expect(redReason(judgeClaim(claim, seen(claim, value), { ...TODAY, ...lost }))).toContain(`${id} deviates`);
});

/** Real 1.29.0, the unix port with its own Mbed TLS 3.6.6, against OpenSSL: whole values of the cases. */
const PSK_OF_1_29: Readonly<Record<string, unknown>> = {
  'client/psk/good': { end: 'completes', hello: true, suite: 'TLS_PSK_WITH_AES_256_GCM_SHA384' },
  'client/psk/offers': { end: 'completes', others: [] },
  'client/psk/other-key': { end: 'fails', at: 'wrap', hello: true, error: { type: 'OSError', code: -30_592 } },
  'client/psk/certificate-server': { end: 'fails', at: 'wrap', hello: true, error: { type: 'OSError', code: -30_592 } },
  'server/psk/good': { end: 'completes', hello: true, suite: 'TLS_PSK_WITH_AES_256_GCM_SHA384' },
  'server/psk/other-key': { end: 'fails', at: 'wrap', hello: true, error: { type: 'OSError', code: -29_056 } },
  'server/psk/unknown-identity': { end: 'fails', at: 'wrap', hello: true, error: { type: 'OSError', code: -27_776 } },
  'server/psk/certificate-client': { end: 'fails', at: 'wrap', hello: true, error: { type: 'OSError', code: -28_160 } },
};

test.for([
  [{}, []],
  [{ 'client/psk/other-key': PSK_OF_1_29['client/psk/good'] }, ['psk-client']],
  [{ 'client/psk/offers': { end: 'completes', others: ['TLS_AES_128_GCM_SHA256'] } }, ['psk-only']],
  [{ 'client/psk/certificate-server': { end: 'completes', hello: true } }, ['psk-only']],
  [{ 'server/psk/unknown-identity': PSK_OF_1_29['server/psk/good'] }, ['psk-server']],
  [{ 'server/psk/good': { ...(PSK_OF_1_29['server/psk/good'] as object), suite: 'TLS_RSA' } }, ['psk-server']],
] as const)('pre-shared keys: what 1.29.0 does conforms, and %j does not: %j', ([change, red]) => {
  const values = new Map(Object.entries({ ...PSK_OF_1_29, ...change }));
  const claims = CLAIMS.filter(({ topic }) => topic === 'pre-shared keys');
  const results = claims.map((claim) => judgeClaim(claim, values, OF_1_29));
  expect(results.filter((result) => redReason(result) !== null).map(({ id }) => id.split('/')[1])).toEqual(red);
  expect(results).toHaveLength(3);
});

const DONE = { end: 'completes', hello: true };
const COOKIE = { end: 'completes', hello: true, cookie: true, version: 'DTLSv1.2' };

/** A claim, what its cases show where it holds, and what one of them shows where it just does not. */
test.for<[id: string, right: Readonly<Record<string, unknown>>, wrong: Readonly<Record<string, unknown>>]>([
  [
    'book/accept-waits',
    {
      'server/accept/blocks': { waits: true },
      'server/accept/non-blocking': { raises: { type: 'OSError', name: 'EAGAIN' } },
      'server/accept/poll': { before: [], after: [true] },
    },
    { 'server/accept/blocks': { waits: false } },
  ],
  [
    'book/accept-waits',
    {
      'server/accept/blocks': { waits: true },
      'server/accept/non-blocking': { raises: { type: 'OSError', name: 'ETIMEDOUT' } },
      'server/accept/poll': { before: [], after: [true] },
    },
    { 'server/accept/poll': { before: [true], after: [true] } },
  ],
  [
    'documentation/context-handshake-in-wrap',
    { 'handshake/context-default': { end: 'completes', helloAfterWrap: true, finished: true } },
    { 'handshake/context-default': { end: 'completes', helloAfterWrap: true, finished: false } },
  ],
  [
    'documentation/context-deferred-server',
    { 'server/context/deferred': DONE, 'server/context/deferred-returns': { wrap_socket: 'returns' } },
    { 'server/context/deferred-returns': { end: 'fails', at: 'wrap', error: 'ETIMEDOUT' } },
  ],
  [
    'documentation/handshake-deferred-server',
    { 'server/deferred': DONE, 'server/deferred-returns': { wrap_socket: 'returns' } },
    { 'server/deferred-returns': { end: 'fails', at: 'wrap', error: 'ETIMEDOUT' } },
  ],
  [
    'documentation/load-cert-chain-both',
    {
      'context/load-cert-chain-one': { raises: { type: 'TypeError' } },
      'context/load-cert-chain-arguments': { raises: { type: 'TypeError', about: 'arguments' } },
    },
    { 'context/load-cert-chain-arguments': { raises: { type: 'TypeError', about: 'a value' } } },
  ],
  [
    'documentation/dtls-server',
    { 'dtls/server-with-client-id': COOKIE },
    { 'dtls/server-with-client-id': { ...COOKIE, cookie: false } },
  ],
  [
    'documentation/dtls-client-id',
    { 'dtls/server-without-client-id': { end: 'fails', hello: true, error: { type: 'OSError', code: -28_928 } } },
    { 'dtls/server-without-client-id': COOKIE },
  ],
  [
    'documentation/dtls-hello-verify',
    { 'dtls/server-cookie': { ...COOKIE, asked: ['yes'] } },
    { 'dtls/server-cookie': { ...COOKIE, asked: ['no'] } },
  ],
  [
    'documentation/dtls-cookies-of-context',
    { 'dtls/server-cookie-of-another-context': { ...COOKIE, asked: ['yes', 'yes'] } },
    { 'dtls/server-cookie-of-another-context': { ...COOKIE, asked: ['yes', 'no'] } },
  ],
  [
    'book/most-sites-work',
    Object.fromEntries((CLAIMS.find(({ id }) => id === 'book/most-sites-work')?.cases ?? []).map((id) => [id, DONE])),
    {
      'client/suite/ecdhe-rsa-aes128-gcm': {
        end: 'fails',
        at: 'wrap',
        hello: true,
        error: { type: 'OSError', code: -26_112 },
      },
    },
  ],
])('%s holds for what is right, and not for what is nearly right', ([id, right, wrong]) => {
  const claim = CLAIMS.find((candidate) => candidate.id === id) as Claim;
  expect(Object.keys(right).toSorted()).toEqual(claim.cases.toSorted());
  expect(judgeClaim(claim, new Map(Object.entries(right)), TODAY)).toMatchObject({ verdict: 'conforms' });
  const result = judgeClaim(claim, new Map(Object.entries({ ...right, ...wrong })), TODAY);
  expect(redReason(result)).toContain(`${id} deviates`);
});

test('that both of cafile and cadata are taken is known, and that neither is refused for another reason is not', () => {
  const claim = CLAIMS.find(({ id }) => id === 'documentation/load-verify-one-only') as Claim;
  expect(judgeClaim(claim, seen(claim, DONE), TODAY)).toMatchObject({
    verdict: 'deviates',
    knownDeviation: expect.stringContaining('one of them'),
  });
  const refused = { end: 'fails', at: 'wrap', hello: false, error: { type: 'ValueError' } };
  expect(judgeClaim(claim, seen(claim, refused), TODAY).verdict).toBe('conforms');
});
