import type { Capabilities, KnownDeviation } from '../claim/claim.ts';
import { anyOf, onlyOf } from '../claim/pattern.ts';
import { COMPLETES, REFUSES_CERTIFICATE, raises } from './expected.ts';

const lacks =
  (keyword: string) =>
  (can: Capabilities): boolean =>
    !can.keywords.includes(keyword);

/** A keyword that is not there, called or looked at. */
const UNKNOWN_KEYWORD = anyOf(raises('TypeError'), { error: { type: 'TypeError' } });

/** A keyword that these versions' `wrap_socket` does not have. */
function refused(keyword: string, firmware: string, reason: string): KnownDeviation {
  return { when: lacks(keyword), firmware, observed: UNKNOWN_KEYWORD, reason };
}

/** 1.20 and 1.21 verify but were built without a clock for mbedTLS (MBEDTLS_HAVE_TIME_DATE came with 1.22). */
function isBeforeDates(can: Capabilities): boolean {
  return can.keywords.includes('cert_reqs') && can.shape === null;
}

const READ_AND_WRITE = ['read', 'readinto', 'readline', 'write'];
const SOCKET_METHODS = ['recv', 'recv_into', 'send', 'sendall'];
const OWN_METHODS = ['setblocking', 'close', 'getpeercert', 'cipher'];

/** The names of the rows below. */
export type KnownName =
  | 'noCertReqs'
  | 'noKeyfile'
  | 'noCertfile'
  | 'noCaCerts'
  | 'noOnConnect'
  | 'noConstants'
  | 'datesUnchecked'
  | 'hasContext'
  | 'verifies'
  | 'onlyWhenRequired'
  | 'noPem'
  | 'parsesPem'
  | 'parsesDer'
  | 'handshakeInverted'
  | 'hasRecv'
  | 'moreMethods'
  | 'noPositional'
  | 'otherOrder'
  | 'verifyErrorIsValueError';

/** Deviations that several claims share, each with what is seen where it holds and the reason that the table prints. */
export const KNOWN: Readonly<Record<KnownName, KnownDeviation>> = {
  noCertReqs: refused('cert_reqs', '<1.20', 'before 1.20 wrap_socket knows no cert_reqs: nothing can be validated'),
  noKeyfile: refused(
    'keyfile',
    '*',
    'no firmware since 1.12 takes keyfile and certfile: the keywords are key and cert',
  ),
  noCertfile: refused(
    'certfile',
    '*',
    'no firmware since 1.12 takes keyfile and certfile: the keywords are key and cert',
  ),
  noCaCerts: refused('ca_certs', '*', 'no firmware since 1.12 takes ca_certs: from 1.20 on the keyword is cadata'),
  noOnConnect: refused(
    'do_handshake_on_connect',
    '*',
    'wrap_socket calls it do_handshake; only SSLContext.wrap_socket has do_handshake_on_connect',
  ),
  noConstants: {
    when: (can) => !can.constants.includes('CERT_NONE'),
    firmware: '<1.20',
    observed: (value) => (Array.isArray(value) ? !value.includes('CERT_NONE') : value === 'no constants'),
    reason: 'before 1.20 the constants are documented but missing',
  },
  datesUnchecked: {
    when: isBeforeDates,
    firmware: '>=1.20 <1.22',
    observed: COMPLETES,
    reason: '1.20 and 1.21 verify the chain but not its dates',
  },
  hasContext: {
    when: (can) => can.contextMethods.length > 0,
    firmware: '>=1.21',
    observed: ['SSLContext'],
    reason: 'from 1.21 on the module has a class SSLContext too',
  },
  verifies: {
    when: (can) => can.keywords.includes('cert_reqs'),
    firmware: '>=1.20',
    observed: REFUSES_CERTIFICATE,
    reason: 'true up to 1.19; from 1.20 on CERT_REQUIRED verifies',
  },
  onlyWhenRequired: {
    when: () => true,
    observed: COMPLETES,
    reason: 'the name is checked with CERT_REQUIRED only, which is not the default',
  },
  noPem: {
    when: (can) => !can.pem,
    firmware: '<1.29',
    platforms: ['linux'],
    observed: { end: 'fails', hello: false, error: { type: 'ValueError', text: /invalid (key|cert)/ } },
    reason: 'this build has no PEM parser (unix port up to 1.28): DER only',
  },
  parsesPem: {
    when: (can) => can.pem,
    observed: COMPLETES,
    reason: 'this build has a PEM parser: the documentation is stricter than the firmware',
  },
  parsesDer: {
    when: () => true,
    observed: COMPLETES,
    reason: 'DER is taken on every firmware, PEM where the build has a parser for it',
  },
  handshakeInverted: {
    when: (can) => can.keywords.includes('do_handshake'),
    observed: COMPLETES,
    reason: 'the book has it the wrong way round: True waits for the handshake, False defers it',
  },
  hasRecv: {
    when: (can) => can.methods.includes('recv'),
    firmware: '>=1.25',
    observed: onlyOf(...SOCKET_METHODS),
    reason: 'from 1.25 on recv, recv_into, send and sendall come with DTLS',
  },
  moreMethods: {
    when: (can) => can.methods.includes('setblocking'),
    observed: onlyOf(...READ_AND_WRITE, ...SOCKET_METHODS, ...OWN_METHODS),
    reason: 'there are setblocking and close, and getpeercert or cipher by firmware',
  },
  noPositional: {
    when: (can) => !can.positional,
    firmware: '<1.23',
    observed: raises('TypeError'),
    reason: 'before 1.23 wrap_socket is a C function whose options are keyword-only',
  },
  otherOrder: {
    when: () => true,
    observed: raises('TypeError'),
    reason:
      'no firmware has the order of the book: before 1.23 the options are keyword-only, then server_side comes first',
  },
  verifyErrorIsValueError: {
    when: (can) => can.keywords.includes('cert_reqs') && can.mbedtlsVersion !== null,
    firmware: '>=1.22',
    observed: { ...REFUSES_CERTIFICATE, error: { type: 'ValueError' } },
    reason: 'from 1.22 on a certificate that does not verify is a ValueError',
  },
};
