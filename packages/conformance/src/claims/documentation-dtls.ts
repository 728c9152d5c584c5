import type { ClaimRow } from './claim-row.ts';
import { TLS_ERROR } from './expected.ts';

/** TLS over datagrams. */
export const DTLS_ROWS: readonly ClaimRow[] = [
  {
    id: 'dtls',
    topic: 'DTLS',
    role: 'client',
    firmware: '>=1.25',
    statement: 'A context of PROTOCOL_DTLS_CLIENT speaks DTLS',
    expects: { 'dtls/client': { end: 'completes' } },
  },
  {
    id: 'dtls-server',
    topic: 'DTLS',
    role: 'server',
    firmware: '>=1.26',
    statement: 'A context of PROTOCOL_DTLS_SERVER speaks DTLS with a client whose client_id it was given',
    expects: { 'dtls/server-with-client-id': { end: 'completes', cookie: true } },
  },
  {
    id: 'dtls-client-id',
    topic: 'DTLS',
    role: 'server',
    firmware: '>=1.26',
    statement: 'A DTLS server should be given client_id: without it no client is served',
    expects: { 'dtls/server-without-client-id': TLS_ERROR },
  },
  {
    id: 'dtls-hello-verify',
    topic: 'DTLS',
    role: 'server',
    firmware: '>=1.26',
    statement: 'The first wrap_socket for a client fails with "Hello Verify Required", the second succeeds',
    expects: { 'dtls/server-cookie': { end: 'completes', cookie: true, asked: ['yes'] } },
  },
  {
    id: 'dtls-cookies-of-context',
    topic: 'DTLS',
    role: 'server',
    firmware: '>=1.26',
    statement: 'The cookies of a DTLS server belong to its context: another one asks the client again',
    expects: { 'dtls/server-cookie-of-another-context': { end: 'completes', cookie: true, asked: ['yes', 'yes'] } },
  },
];
