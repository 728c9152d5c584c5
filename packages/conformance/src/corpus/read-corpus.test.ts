import { X509Certificate } from 'node:crypto';
import { createPki } from '@wirewrap/certgen';
import { expect, test } from 'vitest';
import { neededTime } from './case-clock.ts';
import type { CorpusCase } from './corpus-case.ts';
import { parseCorpus, readCorpus } from './read-corpus.ts';

const bundle = await createPki().certificate('with-intermediate');

const limbo = {
  id: 'webpki::example',
  validation_kind: 'SERVER',
  trusted_certs: [bundle.ca.pem],
  untrusted_intermediates: bundle.intermediates.map(({ pem }) => pem),
  peer_certificate: bundle.leaf.pem,
  peer_certificate_key: bundle.key.pem,
  validation_time: '2024-01-01T00:00:00+00:00',
  expected_result: 'FAILURE',
  expected_peer_name: { kind: 'DNS', value: 'example.com' },
};

test('x509-limbo', () => {
  const corpus = parseCorpus(JSON.stringify({ version: 1, testcases: [limbo] }), 'limbo.json');
  expect(corpus.name).toBe('x509-limbo 1');
  expect(corpus.cases).toMatchObject([
    {
      id: 'webpki::example',
      presents: 'server',
      name: 'example.com',
      expected: 'refuse',
      time: new Date('2024-01-01'),
    },
  ]);
});

test('a case that leaves the name open gets the first of the certificate', () => {
  const corpus = parseCorpus(
    JSON.stringify({ version: 1, testcases: [{ ...limbo, expected_peer_name: null }] }),
    'limbo.json',
  );
  expect(corpus.cases[0]?.name).toBe('board.test');
});

test('BetterTLS', () => {
  const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64');
  const exported = {
    betterTlsRevision: 'abc',
    trustRoot: base64(bundle.ca.der),
    suites: {
      pathbuilding: {
        testCases: [
          {
            id: 7,
            certificates: [base64(bundle.leaf.der), ...bundle.intermediates.map(({ der }) => base64(der))],
            hostname: 'localhost',
            expected: 'ACCEPT',
          },
        ],
      },
    },
  };
  const { name, cases } = parseCorpus(JSON.stringify(exported), 'tests.json');
  expect(name).toBe('bettertls abc');
  expect(cases).toMatchObject([{ id: 'pathbuilding::7', key: null, name: 'localhost', expected: 'accept' }]);
  expect(new X509Certificate(cases[0]?.leaf ?? '').fingerprint256).toBe(
    new X509Certificate(bundle.leaf.pem).fingerprint256,
  );
  expect(cases[0]?.intermediates).toHaveLength(1);
});

test.for(['{', '{}', '[]', '"x"'])('%s is no corpus', (text) => {
  expect(() => parseCorpus(text, 'file.json')).toThrow(/file\.json is (not JSON|neither x509-limbo)/);
});

test('a case that lacks its fields is named by its place', () => {
  const limbo = JSON.stringify({ version: 1, testcases: [{ id: 5 }] });
  expect(() => parseCorpus(limbo, 'limbo.json')).toThrow(
    'testcases[0] of limbo.json is no case of the corpus (missing or wrong: id, validation_kind, trusted_certs, untrusted_intermediates, peer_certificate, expected_result); give',
  );
  const betterTls = JSON.stringify({ trustRoot: 'AA==', suites: { nc: { testCases: [{ id: 1, certificates: [] }] } } });
  expect(() => parseCorpus(betterTls, 'tests.json')).toThrow(
    'suites.nc.testCases[0] of tests.json is no case of the corpus (missing or wrong: certificates, expected); give',
  );
});

test('a corpus that is missing', async () => {
  await expect(readCorpus('/no/limbo.json')).rejects.toThrow('Cannot read the corpus /no/limbo.json (ENOENT)');
});

test('the clock is needed only when another moment would change what is valid', () => {
  const item = {
    leaf: bundle.leaf.pem,
    intermediates: [],
    trusted: [bundle.ca.pem],
  } as unknown as CorpusCase;
  const { validFrom, validTo } = new X509Certificate(bundle.leaf.pem);
  const inside = new Date(Date.parse(validFrom) + 86_400_000);
  const later = new Date(Date.parse(validFrom) + 2 * 86_400_000);
  const after = new Date(Date.parse(validTo) + 86_400_000);
  expect(neededTime({ ...item, time: null }, later)).toBeNull();
  expect(neededTime({ ...item, time: inside }, later)).toBeNull();
  expect(neededTime({ ...item, time: after }, later)).toEqual(after);
  expect(neededTime({ ...item, time: new Date(validTo) }, later)).toEqual(new Date(validTo));
});
