import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { type CertificateBundle, createPki, PROFILES } from '@wirewrap/certgen';
import { describe, expect, test } from 'vitest';
import { connectTlsClient, startTlsServer, TlsLabError } from '../src/index.ts';
import { cacheFolder } from './board-lab.ts';

const pki = createPki({ cacheFolder });
/** The other end offers all that OpenSSL has and judges nothing, so that what does not arrive is the host's doing. */
const generous = { ciphers: 'ALL:@SECLEVEL=0', groups: 'X25519:P-256:P-384:P-521:secp256k1' } as const;
const versions = ['TLSv1.2', 'TLSv1.3'] as const;
type Version = (typeof versions)[number];
type Delivery = 'presented' | 'not loaded' | 'not presented';

/** Looked at in the event itself: node crashes when a closed socket is asked. */
const shownBy = (socket: TLSSocket): Delivery =>
  socket.getPeerX509Certificate() === undefined ? 'not presented' : 'presented';

async function asServer(certificate: CertificateBundle, version: Version): Promise<Delivery> {
  const range = { minVersion: version, maxVersion: version } as const;
  await using server = await startTlsServer({ certificate, ...range, ...generous });
  const options = { ...range, ciphers: generous.ciphers, ecdhCurve: generous.groups, rejectUnauthorized: false };
  const socket = connect({ host: '127.0.0.1', port: server.port, ...options });
  const seen = Promise.withResolvers<Delivery>();
  socket.on('error', () => {});
  socket.once('secureConnect', () => seen.resolve(shownBy(socket)));
  socket.once('close', () => seen.resolve('not presented'));
  try {
    return await seen.promise;
  } finally {
    socket.destroy();
  }
}

async function asClient(certificate: CertificateBundle, version: Version): Promise<Delivery> {
  const range = { minVersion: version, maxVersion: version } as const;
  const { key, chainPem } = await pki.certificate('good');
  const own = { key: key.pem, cert: chainPem, requestCert: true, rejectUnauthorized: false };
  const seen = Promise.withResolvers<Delivery>();
  const server = createServer({ ...range, ...own, ciphers: generous.ciphers, ecdhCurve: generous.groups }, (socket) => {
    socket.on('error', () => {});
    seen.resolve(shownBy(socket));
  });
  server.on('tlsClientError', () => seen.resolve('not presented'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    await using _client = await connectTlsClient('127.0.0.1', port, { certificate, ...range, ...generous });
    return await seen.promise;
  } finally {
    server.close();
  }
}

async function delivery(how: typeof asServer, profile: (typeof PROFILES)[number], version: Version): Promise<Delivery> {
  try {
    return await how(await pki.certificate(profile.name), version);
  } catch (error) {
    if (error instanceof TlsLabError && error.code === 'UNUSABLE_OPTIONS') return 'not loaded';
    throw error;
  }
}

/** No signature scheme of TLS 1.3 has this curve. */
const NO_TLS13_SCHEME: readonly string[] = ['secp256k1'];
/** Node takes an empty file for none. */
const EMPTY: readonly string[] = ['empty-certificate', 'empty-key'];

function expected(
  { name, nodeTls, notServedIn }: (typeof PROFILES)[number],
  server: boolean,
  version: Version,
): Delivery {
  if (EMPTY.includes(name)) return 'not presented';
  if (nodeTls === 'refuses') return 'not loaded';
  if (version === 'TLSv1.3' && NO_TLS13_SCHEME.includes(name)) return 'not presented';
  return server && notServedIn === version ? 'not presented' : 'presented';
}

describe.for(versions)('what the host cannot deliver in %s', (version) => {
  test('every profile as a server, as the table of certgen says', { timeout: 300_000 }, async () => {
    const seen: string[] = [];
    const said: string[] = [];
    for (const profile of PROFILES) {
      said.push(`${profile.name}: ${expected(profile, true, version)}`);
      seen.push(`${profile.name}: ${await delivery(asServer, profile, version)}`);
    }
    expect(seen).toEqual(said);
  });

  test('every profile as a client', { timeout: 300_000 }, async () => {
    const seen: string[] = [];
    const said: string[] = [];
    for (const profile of PROFILES) {
      said.push(`${profile.name}: ${expected(profile, false, version)}`);
      seen.push(`${profile.name}: ${await delivery(asClient, profile, version)}`);
    }
    expect(seen).toEqual(said);
  });
});
