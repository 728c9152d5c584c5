import { excludes, includes } from '../claim/pattern.ts';
import type { ClaimRow } from './claim-row.ts';
import { KNOWN } from './deviations.ts';
import { REFUSES_CERTIFICATE, raises, TLS_ERROR } from './expected.ts';

/** What the module holds, constants, exceptions. */
export const MODULE_ROWS: readonly ClaimRow[] = [
  {
    id: 'no-sslerror',
    topic: 'exceptions',
    role: 'module',
    statement: 'ssl.SSLError does not exist',
    expects: { 'module/sslerror': false, 'module/sslerror-is': raises('AttributeError') },
  },
  {
    id: 'oserror-instead',
    topic: 'exceptions',
    role: 'server',
    statement: 'Its base class OSError is used: a failed handshake is an OSError',
    expects: {
      'server/identity/none': TLS_ERROR,
      'fault/http-answer': TLS_ERROR,
    },
  },
  {
    id: 'oserror-for-certificates',
    topic: 'exceptions',
    role: 'client',
    statement: 'A certificate that does not verify is an OSError',
    firmware: '>=1.20',
    expects: { 'client/required/untrusted-ca': { ...REFUSES_CERTIFICATE, error: { type: 'OSError', code: -9984 } } },
    deviations: [KNOWN.verifyErrorIsValueError],
  },
  {
    id: 'cert-constants',
    topic: 'CERT_ constants',
    role: 'module',
    statement: 'CERT_NONE, CERT_OPTIONAL and CERT_REQUIRED are the values for cert_reqs',
    expects: { 'module/constants': { CERT_NONE: 0, CERT_OPTIONAL: 1, CERT_REQUIRED: 2 } },
    deviations: [KNOWN.noConstants],
  },
  {
    id: 'protocol-constants',
    topic: 'PROTOCOL_ constants',
    role: 'module',
    firmware: '>=1.21',
    statement: 'PROTOCOL_TLS_CLIENT and PROTOCOL_TLS_SERVER are the values for protocol',
    expects: { 'module/names': includes('PROTOCOL_TLS_CLIENT', 'PROTOCOL_TLS_SERVER') },
  },
  {
    id: 'dtls-constants',
    topic: 'PROTOCOL_ constants',
    role: 'module',
    firmware: '>=1.25',
    statement: 'With DTLS there are PROTOCOL_DTLS_CLIENT and PROTOCOL_DTLS_SERVER',
    expects: { 'module/names': includes('PROTOCOL_DTLS_CLIENT', 'PROTOCOL_DTLS_SERVER') },
  },
  {
    id: 'subset-of-cpython',
    topic: 'what the module holds',
    role: 'module',
    statement: "The module is a subset of CPython's: no create_default_context, no SSLSocket",
    expects: { 'module/cpython-names': excludes('create_default_context', 'SSLSocket') },
  },
  {
    id: 'returns-sslsocket',
    topic: 'what the module holds',
    role: 'client',
    statement: 'wrap_socket returns an SSLSocket',
    expects: { 'stream/type': 'SSLSocket' },
    deviations: [
      {
        when: (can) => can.contextMethods.length === 0,
        firmware: '<1.21',
        observed: 'ussl',
        reason: 'up to 1.20 the type is called ussl',
      },
    ],
  },
];
