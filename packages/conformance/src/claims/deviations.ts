import type { Capabilities, KnownDeviation } from '../claim.ts';

const refuses =
  (keyword: string) =>
  (can: Capabilities): boolean =>
    !can.keywords.includes(keyword);

/** A keyword that this firmware's `wrap_socket` does not have. */
export function refused(keyword: string, reason: string): KnownDeviation {
  return { when: refuses(keyword), reason };
}

/** 1.20 and 1.21 verify but were built without a clock for mbedTLS (MBEDTLS_HAVE_TIME_DATE came with 1.22). */
function isBeforeDates(can: Capabilities): boolean {
  return can.keywords.includes('cert_reqs') && can.mbedtlsVersion === null && can.shape === null;
}

/** Deviations that several claims share, each with the reason that the table prints. */
export const KNOWN = {
  noCertReqs: refused('cert_reqs', 'before 1.20 wrap_socket knows no cert_reqs: nothing can be validated'),
  noCadata: refused('cadata', 'before 1.20 wrap_socket knows no cadata: there are no trust anchors'),
  noKeyfile: refused('keyfile', 'no firmware since 1.12 takes keyfile and certfile: the keywords are key and cert'),
  noCertfile: refused('certfile', 'no firmware since 1.12 takes keyfile and certfile: the keywords are key and cert'),
  noCaCerts: refused('ca_certs', 'no firmware since 1.12 takes ca_certs: from 1.20 on the keyword is cadata'),
  noOnConnect: refused(
    'do_handshake_on_connect',
    'wrap_socket calls it do_handshake; only SSLContext.wrap_socket has do_handshake_on_connect',
  ),
  datesUnchecked: { when: isBeforeDates, reason: '1.20 and 1.21 verify the chain but not its dates' },
  hasContext: {
    when: (can) => can.contextMethods.length > 0,
    reason: 'from 1.21 on the module has a class SSLContext too',
  },
  verifies: {
    when: (can) => can.keywords.includes('cert_reqs'),
    reason: 'true up to 1.19; from 1.20 on CERT_REQUIRED verifies',
  },
  onlyWhenRequired: {
    when: () => true,
    reason: 'the name is checked with CERT_REQUIRED only, which is not the default',
  },
  noPem: { when: (can) => !can.pem, reason: 'this build has no PEM parser (unix port up to 1.28): DER only' },
  parsesPem: {
    when: (can) => can.pem,
    reason: 'this build has a PEM parser: the documentation is stricter than the firmware',
  },
  handshakeInverted: {
    when: (can) => can.keywords.includes('do_handshake'),
    reason: 'the book has it the wrong way round: True waits for the handshake, False defers it',
  },
  hasRecv: {
    when: (can) => can.methods.includes('recv'),
    reason: 'from 1.25 on recv, recv_into, send and sendall come with DTLS',
  },
  moreMethods: {
    when: (can) => can.methods.includes('setblocking'),
    reason: 'there are setblocking and close, and getpeercert or cipher by firmware',
  },
  noPositional: {
    when: (can) => !can.positional,
    reason: 'before 1.23 wrap_socket is a C function whose options are keyword-only',
  },
  verifyErrorIsValueError: {
    when: (can) => can.keywords.includes('cert_reqs') && can.mbedtlsVersion !== null,
    reason: 'from 1.22 on a certificate that does not verify is a ValueError',
  },
} as const satisfies Record<string, KnownDeviation>;
