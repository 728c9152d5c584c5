import type { CertificateBundle } from '@wirewrap/certgen';
import type { WrapArguments } from '@wirewrap/tls-lab';
import type { HandshakeObservation } from '../observation/handshake-observation.ts';
import { removeCaseFiles } from './board-case-files.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase, type Parties, type ServerRow, serverCase } from './handshake-case.ts';
import { needs } from './needs.ts';
import { needsOpenssl } from './needs-openssl.ts';
import { CERT } from './validation-cases.ts';

const FILES = { keyfile: '/client-key.pem', certfile: '/client-cert.pem' } as const;

const TLS12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;

/** A client's certificate of the same authority as the board's. */
const clientOf = (parties: Parties): Promise<CertificateBundle> => parties.certificate('client-good');
const strangerOf = (parties: Parties): Promise<CertificateBundle> => parties.certificate('client-untrusted-ca');
const expiredOf = (parties: Parties): Promise<CertificateBundle> => parties.certificate('client-expired');

/** A peer's refusal reaches the board as its alert or as a reset, whichever is first: one behaviour. */
function refusedByPeer(value: HandshakeObservation): unknown {
  return value.end === 'fails' ? { end: 'refused by the host', hello: value.hello } : value;
}

/** The board presents this, as DER. */
const presenting =
  (own: (parties: Parties) => Promise<CertificateBundle>) =>
  async (parties: Parties): Promise<WrapArguments> => {
    const { key, leaf } = await own(parties);
    return { key: key.der, cert: leaf.der };
  };

/** The board proves itself to the host's server, which refuses with an alert who does not: `openssl s_server`. */
const REQUIRING_ROWS: readonly (Omit<ClientRow, 'server'> & { readonly versions?: typeof TLS12 })[] = [
  { id: 'mutual/client/good', number: '50', args: presenting(clientOf), fields: ['certificateRequested'] },
  { id: 'mutual/client/good-tls12', number: '50', versions: TLS12, args: presenting(clientOf) },
  { id: 'mutual/client/none', number: '50', canonical: refusedByPeer },
  { id: 'mutual/client/stranger', number: '50', args: presenting(strangerOf), canonical: refusedByPeer },
  {
    id: 'mutual/client/stranger-tls12',
    number: '50',
    versions: TLS12,
    args: presenting(strangerOf),
    canonical: refusedByPeer,
  },
  {
    id: 'mutual/client/pem',
    args: async (parties) => {
      const { key, leaf } = await clientOf(parties);
      return { key: Buffer.from(key.pem), cert: Buffer.from(leaf.pem) };
    },
  },
  { id: 'mutual/client/context', api: 'ssl.SSLContext', unavailable: needs('context'), args: presenting(clientOf) },
  // The book's keywords; the files are there.
  {
    id: 'mutual/client/keyfile-certfile',
    args: async (parties) => {
      const { key, leaf } = await clientOf(parties);
      await parties.bench.board.files.write(FILES.keyfile, key.pem);
      await parties.bench.board.files.write(FILES.certfile, leaf.pem);
      return FILES;
    },
    afterwards: ({ board }) => removeCaseFiles(board, Object.values(FILES)),
  },
];

const CLIENT_ROWS: readonly ClientRow[] = [
  ...REQUIRING_ROWS.map(
    ({ versions, unavailable, ...row }): ClientRow => ({
      ...row,
      unavailable: (can) => unavailable?.(can) ?? needsOpenssl(),
      server: ({ bundle }) => ({ ...versions, clientCertificate: 'require', ca: bundle.ca.pem }),
    }),
  ),
  {
    id: 'mutual/client/none-when-requested',
    server: ({ bundle }) => ({ clientCertificate: 'request', ca: bundle.ca.pem }),
    fields: ['certificateRequested'],
  },
];

/** The book's keyword for the trust anchors of client certificates. */
const BOOK_ROW: ServerRow = {
  id: 'mutual/server/ca_certs-keyword',
  args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, ca_certs: bundle.ca.der }),
  client: async (parties) => ({ ...TLS12, certificate: await clientOf(parties) }),
};

interface ServerPair {
  readonly name: string;
  readonly mode: number;
  /** What the host presents. */
  readonly client: ((parties: Parties) => Promise<CertificateBundle>) | null;
  readonly cadata?: boolean;
  readonly deferred?: boolean;
}

/** The nine combinations of the survey and what a deferred handshake changes. */
const PAIRS: readonly ServerPair[] = [
  { name: 'required-good', mode: CERT.REQUIRED, client: clientOf },
  { name: 'required-none', mode: CERT.REQUIRED, client: null },
  { name: 'required-none-deferred', mode: CERT.REQUIRED, client: null, deferred: true },
  { name: 'required-stranger', mode: CERT.REQUIRED, client: strangerOf },
  { name: 'required-expired', mode: CERT.REQUIRED, client: expiredOf },
  { name: 'required-server-eku', mode: CERT.REQUIRED, client: (parties) => parties.certificate('client-server-eku') },
  { name: 'required-no-cadata', mode: CERT.REQUIRED, client: clientOf, cadata: false },
  { name: 'optional-good', mode: CERT.OPTIONAL, client: clientOf },
  { name: 'optional-none', mode: CERT.OPTIONAL, client: null },
  { name: 'optional-stranger', mode: CERT.OPTIONAL, client: strangerOf },
  { name: 'none-stranger', mode: CERT.NONE, client: strangerOf },
];

const SERVER_ROWS: readonly ServerRow[] = PAIRS.flatMap((pair) =>
  (['TLSv1.2', 'TLSv1.3'] as const).map(
    (version): ServerRow => ({
      id: `mutual/server/${pair.name}${version === 'TLSv1.3' ? '-tls13' : ''}`,
      number: '77',
      args: ({ bundle }) => ({
        cert_reqs: pair.mode,
        ...(pair.cadata === false ? {} : { cadata: bundle.ca.der }),
        ...(pair.deferred === true ? { do_handshake: false } : {}),
      }),
      client: async (parties) => {
        const own = await pair.client?.(parties);
        return { minVersion: version, maxVersion: version, ...(own === undefined ? {} : { certificate: own }) };
      },
      run: { stopOnError: true },
      fields: ['certificateRequested'],
    }),
  ),
);

const PEER_CERTIFICATE: readonly ServerRow[] = (['optional', 'none'] as const).map((mode) => ({
  id: `mutual/server/getpeercert-${mode}`,
  number: '77',
  unavailable: needs('getpeercert', 'verify'),
  args: ({ bundle }) => ({ cert_reqs: mode === 'optional' ? CERT.OPTIONAL : CERT.NONE, cadata: bundle.ca.der }),
  client: async (parties) => ({ ...TLS12, certificate: await strangerOf(parties) }),
  run: {
    steps: [{ do: 'python', name: "client's certificate there", source: 'wrapped.getpeercert(True) is not None' }],
  },
  fields: ['steps'],
}));

/** `verify_mode` and the trust anchors of a server's context. */
const CONTEXT_ROWS: readonly ServerRow[] = (
  [
    ['required-good', clientOf],
    ['required-none', null],
    ['required-stranger', strangerOf],
  ] as const
).map(([name, client]) => ({
  id: `mutual/server/context/${name}`,
  number: '77',
  api: 'ssl.SSLContext',
  unavailable: needs('context'),
  args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, cadata: bundle.ca.der }),
  client: async (parties) => ({ ...TLS12, ...(client === null ? {} : { certificate: await client(parties) }) }),
  run: { stopOnError: true },
  fields: ['certificateRequested'],
}));

export const MUTUAL_TLS_CASES: readonly ConformanceCase[] = [
  ...CLIENT_ROWS.map(clientCase),
  ...[...SERVER_ROWS, ...CONTEXT_ROWS, BOOK_ROW, ...PEER_CERTIFICATE].map(serverCase),
];
