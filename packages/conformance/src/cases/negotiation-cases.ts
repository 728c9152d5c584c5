import type { TlsServerOptions, TlsVersion } from '@wirewrap/tls-lab';
import type { ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase } from './handshake-case.ts';
import { needsOpenssl } from './needs-openssl.ts';
import { needsVersion } from './offered-versions.ts';

const VERSIONS: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Lets OpenSSL offer what it thinks too weak. */
export function exactly(version: TlsVersion): { minVersion: TlsVersion; maxVersion: TlsVersion; ciphers?: string } {
  const old = version === 'TLSv1' || version === 'TLSv1.1';
  return { minVersion: version, maxVersion: version, ...(old ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}) };
}

/** Servers limited to one suite: OpenSSL's name and the kind of key that it needs. */
export const SUITES: readonly {
  readonly name: string;
  readonly ciphers: string;
  readonly key: 'rsa-2048' | 'p-256';
}[] = [
  { name: 'ecdhe-ecdsa-aes128-gcm', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256', key: 'p-256' },
  { name: 'ecdhe-ecdsa-aes256-gcm', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384', key: 'p-256' },
  { name: 'ecdhe-rsa-aes128-gcm', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256', key: 'rsa-2048' },
  { name: 'ecdhe-rsa-aes128-cbc', ciphers: 'ECDHE-RSA-AES128-SHA256', key: 'rsa-2048' },
  { name: 'aes128-sha', ciphers: 'AES128-SHA@SECLEVEL=0', key: 'rsa-2048' },
  { name: 'aes256-gcm', ciphers: 'AES256-GCM-SHA384', key: 'rsa-2048' },
  { name: 'ecdhe-ecdsa-ccm', ciphers: 'ECDHE-ECDSA-AES128-CCM', key: 'p-256' },
  { name: 'chacha20', ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305', key: 'p-256' },
  { name: 'camellia', ciphers: 'ECDHE-ECDSA-CAMELLIA128-SHA256', key: 'p-256' },
  { name: 'aria', ciphers: 'ECDHE-ECDSA-ARIA128-GCM-SHA256', key: 'p-256' },
  { name: 'null', ciphers: 'ECDHE-ECDSA-NULL-SHA@SECLEVEL=0', key: 'p-256' },
];

/** The suites of TLS 1.3, by OpenSSL's names, which are the RFC's. */
export const TLS13_SUITES = [
  { name: 'tls13-aes128-gcm', ciphers: 'TLS_AES_128_GCM_SHA256' },
  { name: 'tls13-aes256-gcm', ciphers: 'TLS_AES_256_GCM_SHA384' },
  { name: 'tls13-chacha20', ciphers: 'TLS_CHACHA20_POLY1305_SHA256' },
] as const;

const GROUPS = ['X25519', 'P-256', 'P-384', 'P-521'] as const;

const TLS13 = { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' } as const;
const TLS12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const satisfies Omit<TlsServerOptions, 'certificate'>;

const ROWS: readonly ClientRow[] = [
  ...VERSIONS.map(
    (version): ClientRow => ({
      id: `client/version/${version}`,
      number: '24',
      server: exactly(version),
      fields: ['version'],
    }),
  ),
  { id: 'client/version/best', server: {}, fields: ['version', 'suite'] },
  ...SUITES.map(
    ({ name, ciphers, key }): ClientRow => ({
      id: `client/suite/${name}`,
      number: '25',
      certificate: { key },
      server: { ...TLS12, ciphers },
      fields: ['suite'],
    }),
  ),
  {
    id: 'client/suite/dhe-rsa',
    number: '25',
    certificate: { key: 'rsa-2048' },
    server: { ...TLS12, ciphers: 'DHE-RSA-AES128-GCM-SHA256' },
    fields: ['suite'],
  },
  ...TLS13_SUITES.map(
    ({ name, ciphers }): ClientRow => ({
      id: `client/suite/${name}`,
      number: '25',
      impossible: needsVersion('TLSv1.3'),
      server: { ...TLS13, ciphers },
      fields: ['suite'],
    }),
  ),
  ...GROUPS.map((groups): ClientRow => ({ id: `client/group/${groups}`, number: '27', server: { ...TLS12, groups } })),
  {
    id: 'client/group/X25519-rsa',
    number: '28',
    certificate: { key: 'rsa-2048' },
    server: {
      ...TLS12,
      groups: 'X25519',
      ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA:AES256-GCM-SHA384:AES128-GCM-SHA256',
    },
    fields: ['suite'],
  },
  ...(['TLSv1.2', 'TLSv1.3'] as const).map(
    (version): ClientRow => ({
      id: `client/version/${version}-rsa`,
      number: '24',
      certificate: { key: 'rsa-2048' },
      server: exactly(version),
      fields: ['version'],
    }),
  ),
  {
    id: 'client/fragment/512',
    number: '29',
    unavailable: needsOpenssl,
    server: { ...TLS12, engine: 'openssl', maxFragment: 512 },
  },
  {
    id: 'client/renegotiation',
    number: '49',
    unavailable: needsOpenssl,
    server: { ...TLS12, engine: 'openssl', renegotiate: true },
    run: {
      steps: [{ do: 'write', bytes: 'ping\n' }, { do: 'readline' }, { do: 'read', size: 1 }],
      timeout: 1,
      stopOnError: true,
    },
    // Whether the refusal overtakes the echo is a matter of time.
    canonical: ({ end, error, peerAlert }) => ({ end, error, peerAlert }),
  },
  { id: 'client/alpn/server-offers', server: { alpn: ['http/1.1'] }, fields: ['alpn'] },
];

/** The ClientHello as a fingerprint of the firmware. */
const HELLO_CASE: ConformanceCase = {
  ...clientCase({
    id: 'client/hello/offers',
    number: '26',
    args: { server_hostname: 'board.test' },
    canonical: (value, { wire }) => {
      const hello = wire?.clientHello;
      return hello == null
        ? value
        : {
            legacyVersion: hello.legacyVersion,
            versions: hello.versions,
            suites: hello.cipherSuites.map(({ name }) => name),
            groups: hello.groups.map(({ name }) => name),
            signatureAlgorithms: hello.signatureAlgorithms.map(({ name }) => name),
            extensions: hello.extensions,
            alpn: hello.alpn,
          };
    },
  }),
};

export const NEGOTIATION_CASES: readonly ConformanceCase[] = [...ROWS.map(clientCase), HELLO_CASE];
