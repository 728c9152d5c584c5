import type { TlsVersion } from '@wirewrap/tls-lab';
import { type HandshakeObservation, stepsOf } from '../observation/handshake-observation.ts';
import { FLASH_MS, removeCaseFiles, removingSource } from './board-case-files.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { type ServerRow, serverCase } from './handshake-case.ts';
import { needs } from './needs.ts';
import { needsOpenssl } from './needs-openssl.ts';
import { exactly, SUITES, TLS13_SUITES } from './negotiation-cases.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const TLS12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
const VERSIONS: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Writes files on the board, wraps with their names, removes them. */
const FILES = { key: '/wirewrap-key', cert: '/wirewrap-cert' } as const;

/** The two ways to wrap what was accepted without a handshake. */
const DEFERRED: readonly Pick<ServerRow, 'api' | 'args' | 'unavailable'>[] = [
  { args: { do_handshake: false } },
  { api: 'ssl.SSLContext', args: { do_handshake_on_connect: false }, unavailable: needs('context') },
];

/** Without the number of a timeout, which differs between ports. */
function namesOf({ end, at, error }: HandshakeObservation): unknown {
  return { end, at, error: error?.name ?? error?.type ?? null };
}

/** The board as TLS server: identities, versions, bad clients. */
const ROWS: readonly ServerRow[] = [
  { id: 'server/identity/der', number: '61', fields: ['version'] },
  {
    id: 'server/identity/pem',
    number: '61',
    args: ({ bundle }) => ({ key: bytes(bundle.key.pem), cert: bytes(bundle.leaf.pem) }),
  },
  { id: 'server/identity/rsa-der', number: '61', certificate: { key: 'rsa-2048' } },
  {
    id: 'server/identity/pem-str',
    number: '62',
    args: ({ bundle }) => ({ key: bundle.key.pem, cert: bundle.leaf.pem }),
  },
  ...(['der', 'pem'] as const).map(
    (format): ServerRow => ({
      id: `server/identity/path-to-${format}`,
      number: '62',
      unavailable: needs('fileNames'),
      args: async ({ bundle, bench }) => {
        await bench.board.files.write(FILES.key, bundle.key[format]);
        await bench.board.files.write(FILES.cert, bundle.leaf[format]);
        return FILES;
      },
      afterwards: removeFiles,
    }),
  ),
  { id: 'server/identity/missing-path', number: '62', args: { key: '/no-such-key.der', cert: '/no-such-cert.der' } },
  { id: 'server/identity/keyfile-certfile', args: { keyfile: FILES.key, certfile: FILES.cert }, identity: false },
  { id: 'server/identity/certfile-only', args: { certfile: FILES.cert }, identity: false },
  {
    id: 'server/identity/combined-in-both',
    args: ({ bundle }) => ({ key: bytes(bundle.combinedPem), cert: bytes(bundle.combinedPem) }),
  },
  {
    id: 'server/identity/combined-in-cert-only',
    number: '66',
    identity: false,
    args: ({ bundle }) => ({ cert: bytes(bundle.combinedPem) }),
  },
  { id: 'server/identity/cert-only', number: '66', identity: false, args: ({ bundle }) => ({ cert: bundle.leaf.der }) },
  { id: 'server/identity/key-only', number: '66', identity: false, args: ({ bundle }) => ({ key: bundle.key.der }) },
  { id: 'server/identity/none', number: '65', identity: false, client: TLS12 },
  { id: 'server/identity/empty', number: '67', client: TLS12, args: { key: new Uint8Array(), cert: new Uint8Array() } },
  { id: 'server/identity/junk', args: { key: bytes('junk'), cert: bytes('junk') } },
  { id: 'server/identity/good-key-junk-cert', args: { cert: bytes('junk') } },
  {
    id: 'server/identity/encrypted-key',
    number: '63',
    args: async ({ bundle }) => ({ key: await encrypted(bundle.key.pem) }),
  },
  {
    id: 'server/identity/key-of-another',
    number: '64',
    unavailable: needsOpenssl,
    client: { ...TLS12, engine: 'openssl' },
    args: async (parties) => ({ key: (await parties.certificate('good', { key: 'p-384' })).key.der }),
    canonical: (value) => ({ end: value.end, at: value.at, error: value.error, peerRefuses: value.peerAlert !== null }),
  },
  {
    id: 'server/chain/pem-with-intermediate',
    number: '68',
    profile: 'with-intermediate',
    args: ({ bundle }) => ({ key: bytes(bundle.key.pem), cert: bytes(bundle.chainPem) }),
    canonical: (value, { wire }) => ({ ...value, certificatesSent: wire?.boardCertificates.length ?? 0 }),
  },
  {
    id: 'server/chain/der-leaf-only',
    number: '68',
    profile: 'with-intermediate',
    canonical: (value, { wire }) => ({ ...value, certificatesSent: wire?.boardCertificates.length ?? 0 }),
  },
  {
    id: 'server/chain/der-with-intermediate',
    profile: 'with-intermediate',
    args: ({ bundle }) => ({ cert: Buffer.concat([bundle.leaf.der, ...bundle.intermediates.map(({ der }) => der)]) }),
    canonical: (value, { wire }) => ({ ...value, certificatesSent: wire?.boardCertificates.length ?? 0 }),
  },
  ...VERSIONS.map(
    (version): ServerRow => ({
      id: `server/version/${version}`,
      number: '70',
      client: exactly(version),
      fields: ['version'],
    }),
  ),
  ...SUITES.map(
    ({ name, ciphers, key }): ServerRow => ({
      id: `server/suite/${name}`,
      number: '70',
      certificate: { key },
      client: { ...TLS12, ciphers },
      fields: ['suite'],
    }),
  ),
  ...TLS13_SUITES.map(
    ({ name, ciphers }): ServerRow => ({
      id: `server/suite/${name}`,
      number: '70',
      client: { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', ciphers },
      fields: ['suite'],
    }),
  ),
  { id: 'server/version/best', fields: ['version', 'suite'] },
  { id: 'server/sni/unknown', number: '75', client: { serverName: 'unknown.example' }, fields: ['sni'] },
  { id: 'server/sni/none', number: '75', client: {} },
  {
    id: 'server/fragment/512',
    number: '73',
    unavailable: needsOpenssl,
    client: { ...TLS12, engine: 'openssl', maxFragment: 512 },
    canonical: (value) => ({ end: value.end, at: value.at, error: value.error }),
  },
  {
    id: 'server/renegotiation',
    number: '74',
    unavailable: needsOpenssl,
    client: { ...TLS12, engine: 'openssl', renegotiate: true },
    run: {
      steps: [{ do: 'write', bytes: 'ping\n' }, { do: 'readline' }, { do: 'read', size: 1 }],
      timeout: 1,
      stopOnError: true,
    },
    canonical: ({ end, error, peerAlert }) => ({ end, error, peerAlert }),
  },
  {
    id: 'server/plain-http',
    number: '69',
    client: { faults: ['http-answer'] },
    run: { stopOnError: true },
    canonical: (value) => ({ end: value.end, error: value.error, boardAlert: value.boardAlert }),
  },
  {
    id: 'server/half-open',
    number: '76',
    client: { faults: ['never-answers'] },
    run: { timeout: 0.5, stopOnError: true },
    canonical: (value) => ({ end: value.end, error: value.error?.name ?? value.error?.type ?? null }),
  },
  { id: 'server/alpn/offered', number: '72', client: { alpn: ['http/1.1', 'h2'] }, fields: ['alpn'] },
  {
    id: 'server/client-refuses',
    number: '71',
    profile: 'untrusted-ca',
    unavailable: needsOpenssl,
    client: ({ bundle }) => ({ ...TLS12, engine: 'openssl', verify: true, ca: bundle.ca.pem, serverName: bundle.host }),
    canonical: (value) => ({ end: value.end, type: value.error?.type ?? null }),
  },
  {
    id: 'server/client-verifies',
    number: '61',
    client: ({ bundle }) => ({ verify: true, ca: bundle.ca.pem, serverName: bundle.host }),
  },
  {
    id: 'server/chain/client-verifies',
    number: '68',
    profile: 'with-intermediate',
    args: ({ bundle }) => ({ key: bytes(bundle.key.pem), cert: bytes(bundle.chainPem) }),
    client: ({ bundle }) => ({ verify: true, ca: bundle.ca.pem, serverName: bundle.host }),
  },
  { id: 'server/deferred', args: { do_handshake: false } },
  {
    id: 'server/read-and-answer',
    client: { application: { respond: 'pong\n', when: 'ping\n' } },
    run: { steps: [{ do: 'write', bytes: 'ping\n' }, { do: 'readline' }, { do: 'close' }] },
    fields: ['steps'],
  },
  {
    id: 'server/close-notify',
    number: '44',
    run: { steps: [{ do: 'write', bytes: 'x\n' }, { do: 'close' }] },
    fields: ['closeNotify'],
  },
  {
    id: 'server/context/files',
    number: '62',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    identity: false,
    run: ({ bundle }) => withFiles(bundle.key.der, bundle.leaf.der),
  },
  {
    id: 'server/context/pem-files',
    number: '62',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    identity: false,
    run: ({ bundle }) => withFiles(bytes(bundle.key.pem), bytes(bundle.leaf.pem)),
  },
  ...DEFERRED.map(
    ({ api, ...row }): ServerRow => ({
      ...row,
      id: `server/${api === undefined ? '' : 'context/'}deferred-returns`,
      api,
      // A wrap that began the handshake would wait for a ClientHello that never comes.
      client: { faults: ['never-answers'] },
      run: {
        timeout: 0.5,
        stopOnError: true,
        steps: [{ do: 'python', name: 'wrap_socket', source: "result = 'returns'" }],
      },
      canonical: (value, handshake) => (value.end === 'completes' ? stepsOf(handshake)[0] : namesOf(value)),
    }),
  ),
  // How asyncio wraps what it accepted.
  {
    id: 'server/context/deferred',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    args: { do_handshake_on_connect: false },
  },
  { id: 'server/context/bytes', api: 'ssl.SSLContext', unavailable: needs('context') },
  {
    id: 'server/context/role-from-protocol',
    number: '51',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    args: { server_side: false },
  },
  {
    id: 'server/context/no-identity',
    number: '65',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    identity: false,
    client: TLS12,
  },
];

async function removeFiles({ board }: CaseBench): Promise<void> {
  await removeCaseFiles(board, Object.values(FILES));
}

function withFiles(key: Uint8Array, cert: Uint8Array) {
  return {
    deadlineMs: FLASH_MS,
    data: { key_data: key, cert_data: cert },
    context: [
      `with open('${FILES.key}', 'wb') as f: f.write(key_data)`,
      `with open('${FILES.cert}', 'wb') as f: f.write(cert_data)`,
      `ctx.load_cert_chain('${FILES.cert}', '${FILES.key}')`,
      removingSource(FILES.key, FILES.cert),
    ],
  };
}

async function encrypted(pem: string): Promise<Uint8Array> {
  const { createPrivateKey } = await import('node:crypto');
  const options = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'wirewrap' } as const;
  return bytes(createPrivateKey(pem).export(options).toString());
}

export const SERVER_CASES: readonly ConformanceCase[] = ROWS.map(serverCase);
