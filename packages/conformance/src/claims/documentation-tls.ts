import { type ClaimRow, each } from './claim-row.ts';
import { TLS_ERROR } from './expected.ts';

/** As it was sent, whatever its length. */
const WHOLE = { end: 'completes', intact: true } as const;

/** The first sentence of the page: "encryption and peer authentication facilities", "both client-side and server-side". */
export const TLS_ROWS: readonly ClaimRow[] = [
  {
    id: 'peer-authentication',
    topic: 'what TLS gives',
    role: 'both',
    firmware: '>=1.20',
    statement: 'The module authenticates peers, on both sides: who does not hold the key of the certificate is refused',
    expects: each(['client/forged-signature/tls12', 'mutual/server/forged-signature-tls12'], TLS_ERROR),
  },
  {
    id: 'peer-authentication-tls13',
    topic: 'what TLS gives',
    role: 'both',
    firmware: '>=1.20',
    statement: 'The same in TLS 1.3, where the firmware has it',
    expects: each(['client/forged-signature/tls13', 'mutual/server/forged-signature-tls13'], TLS_ERROR),
  },
  {
    id: 'encryption',
    topic: 'what TLS gives',
    role: 'both',
    statement: 'The module encrypts: what was changed, repeated or sent in the clear is refused',
    expects: each(
      [
        'fault/bit-flip-in-data',
        'fault/replayed-data',
        'fault/unprotected-data',
        'fault/bit-flip-in-finished',
        'fault/server/bit-flip-in-data',
      ],
      { end: 'fails', error: TLS_ERROR.error },
    ),
  },
  {
    id: 'encryption-keys',
    topic: 'what TLS gives',
    role: 'both',
    statement: 'Every connection has keys of its own',
    expects: {
      'client/hello/fresh': { random: 'new each time' },
      'server/hello/fresh': { random: 'new each time', key: 'new each time' },
    },
  },
  {
    id: 'carries-data',
    topic: 'methods of the wrapped socket',
    role: 'both',
    statement: 'The wrapped socket is a stream: what one end writes reaches the other whole',
    expects: each(
      [
        'stream/content/read',
        'stream/content/readinto',
        'stream/content/write',
        'server/content/read',
        'server/content/write',
      ],
      WHOLE,
    ),
  },
];
