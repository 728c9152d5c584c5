import type { CertificateBundle } from '@wirewrap/certgen';
import type { WrapArguments } from '@wirewrap/tls-lab';
import { FLASH_MS, removingSource } from './board-case-files.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase, type Parties } from './handshake-case.ts';
import { needs } from './needs.ts';
import { CERT } from './validation-cases.ts';

const pem = (text: string): Uint8Array => Buffer.from(text);

/** CERT_REQUIRED and the right name, with these trust anchors. */
function trusting(cadata: (parties: Parties) => WrapArguments[string] | Promise<WrapArguments[string]>) {
  return async (parties: Parties): Promise<WrapArguments> => ({
    cert_reqs: CERT.REQUIRED,
    server_hostname: parties.bundle.host,
    cadata: await cadata(parties),
  });
}

const otherRoot = async ({ certificate }: Parties): Promise<CertificateBundle> => certificate('untrusted-ca');

/** What `cadata` may be. Role client, CERT_REQUIRED, right name. */
const ROWS: readonly ClientRow[] = [
  { id: 'client/cadata/pem-bytes', number: '8', args: trusting(({ bundle }) => pem(bundle.ca.pem)) },
  { id: 'client/cadata/der-bytes', number: '8b', args: trusting(({ bundle }) => bundle.ca.der) },
  { id: 'client/cadata/pem-str', number: '8c', args: trusting(({ bundle }) => bundle.ca.pem) },
  {
    id: 'client/cadata/pem-two-roots',
    number: '8d',
    args: trusting(async (parties) =>
      pem((await parties.certificate('good', { key: 'rsa-2048' })).ca.pem + parties.bundle.ca.pem),
    ),
  },
  {
    id: 'client/cadata/der-two-roots',
    args: trusting(async (parties) =>
      Buffer.concat([(await parties.certificate('good', { key: 'rsa-2048' })).ca.der, parties.bundle.ca.der]),
    ),
  },
  {
    id: 'client/cadata/pem-broken-block',
    number: '9',
    args: trusting(({ bundle }) =>
      pem(`${bundle.ca.pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`),
    ),
  },
  { id: 'client/cadata/junk', number: '9', args: trusting(() => pem('junk')) },
  { id: 'client/cadata/empty', args: trusting(() => new Uint8Array()) },
  {
    id: 'client/cadata/missing',
    number: '10',
    args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, server_hostname: bundle.host }),
  },
  {
    id: 'client/cadata/wrong-root',
    number: '12',
    args: trusting(async (parties) => (await otherRoot(parties)).leaf.der),
  },
  {
    id: 'client/cadata/self-signed-itself',
    number: '21',
    profile: 'self-signed',
    args: trusting(({ bundle }) => bundle.leaf.der),
  },
  { id: 'client/cadata/leaf-itself', number: '21', args: trusting(({ bundle }) => bundle.leaf.der) },
  {
    id: 'client/cadata/intermediate-only',
    number: '21',
    profile: 'with-intermediate',
    args: trusting(({ bundle }) => bundle.intermediates[0]?.der ?? bundle.ca.der),
  },
  { id: 'client/cadata/ca_certs-keyword', args: ({ bundle }) => ({ ca_certs: bundle.ca.der }) },
  { id: 'client/cadata/junk-with-none', args: { cert_reqs: CERT.NONE, cadata: pem('junk') } },
  {
    id: 'client/context/required-good',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    args: trusting(({ bundle }) => bundle.ca.der),
  },
  {
    id: 'client/context/required-expired',
    api: 'ssl.SSLContext',
    profile: 'expired',
    unavailable: needs('context'),
    args: trusting(({ bundle }) => bundle.ca.der),
  },
  {
    id: 'client/context/required-wrong-host',
    api: 'ssl.SSLContext',
    profile: 'wrong-host',
    unavailable: needs('context'),
    args: trusting(({ bundle }) => bundle.ca.der),
  },
  {
    id: 'client/context/default-untrusted',
    api: 'ssl.SSLContext',
    profile: 'untrusted-ca',
    unavailable: needs('context'),
  },
  {
    id: 'client/tls-context/default-untrusted',
    number: '53',
    api: 'tls.SSLContext',
    profile: 'untrusted-ca',
    unavailable: needs('tlsModule'),
    args: ({ bundle }) => ({ server_hostname: bundle.host }),
  },
  {
    id: 'client/tls-context/required-good',
    api: 'tls.SSLContext',
    unavailable: needs('tlsModule'),
    args: trusting(({ bundle }) => bundle.ca.der),
  },
  {
    id: 'client/context/two-roots-by-two-calls',
    number: '57',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    args: ({ bundle }) => ({ server_hostname: bundle.host }),
    run: async (parties) => ({
      deadlineMs: FLASH_MS,
      data: { root: parties.bundle.ca.der, other: (await parties.certificate('good', { key: 'rsa-2048' })).ca.der },
      context: [
        'ctx.verify_mode = 2',
        'ctx.load_verify_locations(cadata=other)',
        'ctx.load_verify_locations(cadata=root)',
      ],
    }),
  },
  {
    id: 'client/context/cafile',
    number: '57',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    args: ({ bundle }) => ({ server_hostname: bundle.host }),
    run: ({ bundle }) => ({
      deadlineMs: FLASH_MS,
      data: { root: bundle.ca.der },
      context: [
        'ctx.verify_mode = 2',
        "with open('/wirewrap-ca.der', 'wb') as f: f.write(root)",
        "ctx.load_verify_locations(cafile='/wirewrap-ca.der')",
        removingSource('/wirewrap-ca.der'),
      ],
    }),
  },
  {
    id: 'client/context/cafile-and-cadata',
    number: '57',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    args: ({ bundle }) => ({ server_hostname: bundle.host }),
    run: async (parties) => ({
      data: { root: parties.bundle.ca.der, other: (await parties.certificate('good', { key: 'rsa-2048' })).ca.der },
      context: [
        'ctx.verify_mode = 2',
        "with open('/wirewrap-ca.der', 'wb') as f: f.write(root)",
        "ctx.load_verify_locations(cafile='/wirewrap-ca.der', cadata=other)",
        removingSource('/wirewrap-ca.der'),
      ],
    }),
  },
  {
    id: 'client/context/role-from-protocol',
    number: '51',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    args: { server_side: true },
    run: { protocol: 'PROTOCOL_TLS_CLIENT' },
  },
  {
    id: 'client/context/required-server-side-wrong-host',
    number: '52',
    api: 'ssl.SSLContext',
    profile: 'wrong-host',
    unavailable: needs('context'),
    args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, cadata: bundle.ca.der, server_side: true }),
    run: { protocol: 'PROTOCOL_TLS_CLIENT' },
  },
  {
    id: 'client/context/check-hostname-ignored',
    number: '54',
    api: 'ssl.SSLContext',
    profile: 'wrong-host',
    unavailable: needs('context'),
    args: ({ bundle }) => ({ server_hostname: bundle.host, cadata: bundle.ca.der }),
    run: { context: ['ctx.check_hostname = True'] },
  },
];

const ONE_CIPHER = 'TLS-ECDHE-ECDSA-WITH-AES-128-GCM-SHA256';

const CIPHER_ROWS: readonly ClientRow[] = (['ssl', 'tls'] as const).map((module) => ({
  id: `client/${module === 'ssl' ? '' : 'tls-'}context/one-cipher`,
  number: '56',
  api: `${module}.SSLContext`,
  unavailable: needs(module === 'ssl' ? 'context' : 'tlsModule'),
  args: { cert_reqs: CERT.NONE },
  server: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
  run: { context: [`ctx.set_ciphers(['${ONE_CIPHER}'])`] },
  fields: ['suite'],
  canonical: (value, { wire }) => {
    // 0x00ff is TLS_EMPTY_RENEGOTIATION_INFO_SCSV, no suite.
    const suites = wire?.clientHello?.cipherSuites.filter(({ number }) => number !== 0x00ff && number >> 8 !== 0x13);
    return { ...value, offered: suites?.length ?? 0 };
  },
}));

/** `verify_callback` of `ssl.SSLContext` and `tls.SSLContext`: what it returns, what the handshake makes of it. */
const CALLBACKS = { accepts: '0', refuses: '1', 'refuses-with-code': '-9984', raises: '1 // 0' } as const;

const CALLBACK_ROWS: readonly ClientRow[] = (['ssl', 'tls'] as const).flatMap((module) =>
  Object.entries(CALLBACKS).map(
    ([name, result]): ClientRow => ({
      id: `client/${module === 'ssl' ? '' : 'tls-'}context/verify-callback-${name}`,
      number: '54',
      api: `${module}.SSLContext`,
      unavailable: needs(module === 'ssl' ? 'context' : 'tlsModule'),
      args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, server_hostname: bundle.host, cadata: bundle.ca.der }),
      run: {
        context: [
          `global calls; calls = []; ctx.verify_callback = lambda der, depth: calls.append(depth) or ${result}`,
        ],
        steps: [{ do: 'python', name: 'verify_callback called at depths', source: 'calls' }],
      },
      fields: ['steps'],
    }),
  ),
);

export const TRUST_CASES: readonly ConformanceCase[] = [...ROWS, ...CIPHER_ROWS, ...CALLBACK_ROWS].map(clientCase);
