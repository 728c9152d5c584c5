import { type ClientRow, clientCase, type ServerRow, serverCase } from './handshake-case.ts';
import { needs } from './needs.ts';
import { needsOpenssl } from './needs-openssl.ts';

const IDENTITY = 'wirewrap';
const KEY = Uint8Array.from({ length: 16 }, (_, i) => 0xa0 + i);
const OTHER_KEY = KEY.map((byte) => byte ^ 0xff);

const peer = { engine: 'openssl', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
const tls12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;

/** Suites of TLS 1.2 that authenticate by a key; the empty renegotiation info is in every ClientHello. */
const BY_KEY = /PSK|EMPTY_RENEGOTIATION_INFO/;

const unavailable: ClientRow['unavailable'] = (can) => needs('psk')(can) ?? needsOpenssl();

const asClient = {
  unavailable,
  api: 'tls.SSLContext',
  run: {
    data: { psk: KEY },
    // The default of a client is CERT_REQUIRED there, which asks for a name.
    context: ['ctx.verify_mode = 0', `ctx.psk_identity = b'${IDENTITY}'`, 'ctx.psk_key = psk'],
  },
} as const satisfies Partial<ClientRow>;

const asServer = {
  unavailable,
  api: 'tls.SSLContext',
  identity: false,
  run: { data: { psk: KEY }, context: [`ctx.server_psk_keys = {b'${IDENTITY}': psk}`] },
} as const satisfies Partial<ServerRow>;

const CLIENT_ROWS: readonly ClientRow[] = [
  { ...asClient, id: 'client/psk/good', server: { ...peer, psk: { identity: IDENTITY, key: KEY } }, fields: ['suite'] },
  {
    ...asClient,
    id: 'client/psk/offers',
    server: { ...peer, psk: { identity: IDENTITY, key: KEY } },
    canonical: (value, { wire }) => {
      const offered = wire?.clientHello?.cipherSuites ?? [];
      return { end: value.end, others: offered.map(({ name }) => name).filter((name) => !BY_KEY.test(name)) };
    },
  },
  { ...asClient, id: 'client/psk/other-key', server: { ...peer, psk: { identity: IDENTITY, key: OTHER_KEY } } },
  { ...asClient, id: 'client/psk/certificate-server', server: tls12 },
];

const SERVER_ROWS: readonly ServerRow[] = [
  { ...asServer, id: 'server/psk/good', client: { ...peer, psk: { identity: IDENTITY, key: KEY } }, fields: ['suite'] },
  { ...asServer, id: 'server/psk/other-key', client: { ...peer, psk: { identity: IDENTITY, key: OTHER_KEY } } },
  { ...asServer, id: 'server/psk/unknown-identity', client: { ...peer, psk: { identity: 'stranger', key: KEY } } },
  { ...asServer, id: 'server/psk/certificate-client', client: tls12 },
];

/** Pre-shared keys in place of certificates, as the documentation of 1.29 and later has them. */
export const PSK_CASES = [...CLIENT_ROWS.map(clientCase), ...SERVER_ROWS.map(serverCase)];
