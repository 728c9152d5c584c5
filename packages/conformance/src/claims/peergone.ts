import { PEER_GONE_CASES } from '../cases/peergone/peer-gone-cases.ts';
import { type ClaimRow, claimsOf, each } from './claim-row.ts';

const ids = (pattern: RegExp): string[] => PEER_GONE_CASES.map(({ id }) => id).filter((id) => pattern.test(id));

/** Up to the message before the last one the board is still within its handshake. */
const WITHIN = '(?!finished$)';

const IN_HANDSHAKE = { end: 'fails', at: 'wrap', error: { type: 'OSError' }, next: 'completes' };

const ROWS: readonly ClaimRow[] = (['client', 'server'] as const).flatMap((role): ClaimRow[] => [
  {
    id: `peergone/${role}/told`,
    topic: 'a peer that goes',
    role,
    firmware: '>=1.20',
    statement: `A peer that goes within the handshake makes wrap_socket raise an OSError, and the next one is served (${role})`,
    expects: {
      ...each(ids(new RegExp(`^peergone/${role}/tls12/(fin|rst)/after-${WITHIN}`)), { ...IN_HANDSHAKE, notices: true }),
      ...each(ids(new RegExp(`^peergone/${role}/tls12/silence/after-${WITHIN}`)), { ...IN_HANDSHAKE, took: 'in time' }),
    },
  },
  {
    id: `peergone/${role}/nothing-kept`,
    topic: 'a peer that goes',
    role,
    firmware: '>=1.20',
    statement: `close() gives the socket back of a connection whose peer went within its handshake (${role})`,
    expects: each(ids(new RegExp(`^peergone/${role}/tls12/.*/what-is-left$`)), {
      end: 'survives',
      sockets: 'closed',
      next: 'completes',
    }),
  },
]);

/** OSError is what the documentation names in place of an SSLError; a time-out bounds a silent peer. */
export const PEER_GONE_CLAIMS = claimsOf('documentation', ROWS);
