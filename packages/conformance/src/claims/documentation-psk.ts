import type { Capabilities } from '../claim/claim.ts';
import type { ClaimRow } from './claim-row.ts';
import { COMPLETES, TLS_ERROR } from './expected.ts';

/** A port may be built without. */
const lacksPsk = (can: Capabilities): string | null =>
  can.tlsContextMethods.includes('psk_key') ? null : 'this build has no pre-shared keys';

/** Keys that both ends have beforehand, in place of certificates. */
export const PSK_ROWS: readonly ClaimRow[] = [
  {
    id: 'psk-client',
    topic: 'pre-shared keys',
    role: 'client',
    firmware: '>=1.29',
    unless: lacksPsk,
    statement: 'With psk_identity and psk_key a client proves itself by the key, and knows the server by it',
    expects: {
      'client/psk/good': { ...COMPLETES, suite: /PSK/ },
      'client/psk/other-key': TLS_ERROR,
    },
  },
  {
    id: 'psk-only',
    topic: 'pre-shared keys',
    role: 'client',
    firmware: '>=1.29',
    unless: lacksPsk,
    statement: 'While a pre-shared key is set only suites with one are offered: no certificate takes its place',
    expects: { 'client/psk/offers': { end: 'completes', others: [] }, 'client/psk/certificate-server': TLS_ERROR },
  },
  {
    id: 'psk-server',
    topic: 'pre-shared keys',
    role: 'server',
    firmware: '>=1.29',
    unless: lacksPsk,
    statement: 'A server takes a client by its identity and key in server_psk_keys and refuses every other',
    expects: {
      'server/psk/good': { ...COMPLETES, suite: /PSK/ },
      'server/psk/other-key': TLS_ERROR,
      'server/psk/unknown-identity': TLS_ERROR,
      'server/psk/certificate-client': TLS_ERROR,
    },
  },
];
