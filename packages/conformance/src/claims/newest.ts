import type { Capabilities } from '../claim/claim.ts';
import { type ClaimRow, claimsOf, each } from './claim-row.ts';
import { COMPLETES, TLS_ERROR } from './expected.ts';

const lacksPsk = (can: Capabilities): string | null =>
  can.tlsContextMethods.includes('psk_key') ? null : 'this build has no pre-shared keys';

const lacksPem = (can: Capabilities): string | null => (can.pem ? null : 'this build reads no PEM');

const SOCKET_ERROR = { end: 'fails', type: 'OSError', of: 'socket', positive: true };
const TLS_TEXT = { end: 'fails', type: 'OSError', of: 'tls', text: 'string' };

const PEM_DRESSES = ['with-comments', 'crlf', 'same-root-twice'] as const;

/** What the newest documentation states and the suites of a whole run do not ask: the suite `newest` does. */
const ROWS: readonly ClaimRow[] = [
  {
    id: 'newest/positive-errno',
    topic: 'errors of read and write',
    role: 'both',
    firmware: '>=1.28',
    statement: 'From 1.28 on an error of the socket keeps its positive errno through read and write',
    expects: each(
      ['client', 'server'].flatMap((role) =>
        ['read-reset', 'write-reset', 'read-timeout'].map((name) => `newest/${role}/errors/${name}`),
      ),
      SOCKET_ERROR,
    ),
  },
  {
    id: 'newest/error-text',
    topic: 'errors of read and write',
    role: 'both',
    firmware: '>=1.28',
    statement: 'From 1.28 on an error of TLS in read and write has its text beside its number',
    expects: each(
      ['client', 'server'].flatMap((role) =>
        ['read-bad-mac', 'write-after-bad-mac'].map((name) => `newest/${role}/errors/${name}`),
      ),
      TLS_TEXT,
    ),
  },
  {
    id: 'newest/bundles',
    topic: 'cadata',
    role: 'client',
    firmware: '>=1.29',
    unless: lacksPem,
    statement: 'cadata is a str or bytes object with one or more certificates in PEM, as bundles hold them',
    expects: each(
      [
        ...PEM_DRESSES.flatMap((name) => [`newest/client/pem/${name}/bytes`, `newest/client/pem/${name}/str`]),
        'newest/client/pem/twenty-roots/bytes',
      ],
      COMPLETES,
    ),
  },
  {
    id: 'newest/psk-both',
    topic: 'pre-shared keys',
    role: 'client',
    firmware: '>=1.29',
    unless: lacksPsk,
    statement: 'psk_identity and psk_key are both to be set: one of them alone means no pre-shared key',
    expects: each(['newest/client/psk/identity-alone', 'newest/client/psk/key-alone'], {
      ...COMPLETES,
      suite: /ECDHE/,
    }),
  },
  {
    id: 'newest/psk-identity-bytes',
    topic: 'pre-shared keys',
    role: 'client',
    firmware: '>=1.29',
    unless: lacksPsk,
    statement: 'psk_identity is a bytes object: it reaches the server as it is, whatever it holds',
    expects: { 'newest/client/psk/identity-binary': { ...COMPLETES, identitySent: true, suite: /PSK/ } },
  },
  {
    id: 'newest/psk-lookup',
    topic: 'pre-shared keys',
    role: 'server',
    firmware: '>=1.29',
    unless: lacksPsk,
    statement: 'server_psk_keys is any object with get(), which is called with the identity as bytes; None rejects it',
    expects: {
      'newest/server/psk/callable': { ...COMPLETES, suite: /PSK/ },
      'newest/server/psk/callable-none': TLS_ERROR,
    },
  },
  {
    id: 'newest/psk-on-ssl-context',
    topic: 'pre-shared keys',
    role: 'both',
    firmware: '>=1.29',
    unless: lacksPsk,
    statement: 'While a pre-shared key is set on SSLContext there is no fall-back to certificates',
    expects: each(['newest/client/psk/on-ssl-context', 'newest/server/psk/on-ssl-context'], TLS_ERROR),
    deviations: [
      {
        when: () => true,
        firmware: '>=1.29',
        observed: { end: 'completes', suite: /ECDHE/ },
        reason: 'the frozen ssl.SSLContext keeps the attributes and passes none to tls.SSLContext: the key is not used',
      },
    ],
  },
];

export const NEWEST_CLAIMS = claimsOf('documentation', ROWS);
