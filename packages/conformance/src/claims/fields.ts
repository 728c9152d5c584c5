import { anyOf, includes, type Pattern } from '../claim/pattern.ts';
import { type ClaimRow, claimsOf, each } from './claim-row.ts';
import { COMPLETES } from './expected.ts';

const SERVES = { says: 'server_hello' };
const SILENT_END = 'the end';

const INSIDE_HELLO = 'fields/server/change-cipher-spec-inside-hello';
const INSIDE_KEY_EXCHANGE = 'fields/server/change-cipher-spec-inside-key-exchange';

/** A fatal alert, whichever the RFC has for the error; several RFCs disagree. */
const TOLD = { afterwards: /^alert / };
const UNTOLD = { ...SERVES, afterwards: SILENT_END };

const inMbedtls = (place: string): string => `(Mbed TLS 3.6.6, library/${place})`;

/** The answers of two connections of which the second offered the session of the first. */
const answers = (...uses: readonly Pattern[]): Pattern => ({
  answers: uses.map((handshake) => ({ handshake, answer: 'ping\n' })),
});

const BETWEEN = inMbedtls('ssl_msg.c:5211-5216');

/** What the RFCs want of a server where tlsfuzzer sees the board differ from a conforming one, and no case of BoGo asks the same. */
const ROWS: readonly ClaimRow[] = [
  {
    id: 'fields/session-resumption',
    topic: 'sessions',
    role: 'server',
    statement:
      'A session that a client offers again is resumed, or answered with a whole handshake (RFC 5246, 7.4.1.3)',
    expects: { 'fields/server/session-resumption': answers('whole', /^(whole|resumed)$/) },
  },
  {
    id: 'fields/warnings',
    topic: 'alerts',
    role: 'server',
    statement: 'After a warning the connection can go on, however many there were (RFC 5246, 7.2.2)',
    expects: { 'fields/server/hundred-warnings': COMPLETES },
  },
  {
    id: 'fields/change-cipher-spec-inside-message',
    topic: 'interleaved messages',
    role: 'server',
    statement:
      'A ChangeCipherSpec before the keys are agreed upon ends the handshake with an alert (RFC 5246, 7.1 and 7.2.2)',
    expects: { [INSIDE_HELLO]: { says: /^alert / }, [INSIDE_KEY_EXCHANGE]: TOLD },
    deviations: [
      {
        when: () => true,
        observed: anyOf({ says: SILENT_END }, UNTOLD),
        reason: `another record in the middle of a handshake message ends the connection without an alert ${BETWEEN}`,
      },
    ],
  },
  {
    id: 'fields/data-inside-hello',
    topic: 'interleaved messages',
    role: 'server',
    statement: 'Application data between the records of a later handshake is processed (RFC 5246, 6.2.1)',
    expects: { 'fields/server/data-inside-second-hello': COMPLETES },
    deviations: [
      {
        when: () => true,
        observed: { end: 'fails', at: 'data', boardAlert: null },
        reason: `another record in the middle of a handshake message ends the connection without an alert, which "the spec does not forbid […] but we do" ${BETWEEN}`,
      },
    ],
  },
  {
    id: 'fields/certificate-length',
    topic: 'client certificates',
    role: 'server',
    statement: 'A certificate whose length does not fit is answered with decode_error (RFC 5246, 7.2.2)',
    expects: { 'fields/server/certificate-of-64-kib': { afterwards: 'alert 50 decode_error' } },
    deviations: [
      {
        when: () => true,
        observed: { ...SERVES, afterwards: 'alert 43 unsupported_certificate' },
        reason: `a certificate of 64 KiB or more is refused as unsupported before its length is compared ${inMbedtls('ssl_tls.c:7818-7826')}`,
      },
    ],
  },
  {
    id: 'fields/certificate-verify-offered',
    topic: 'client certificates',
    role: 'server',
    statement: 'A CertificateVerify with an algorithm of the CertificateRequest is accepted (RFC 5246, 7.4.8)',
    // A server that accepts it waits for the ChangeCipherSpec.
    expects: { 'fields/server/certificate-verify-sha256': { ...SERVES, afterwards: 'silence' } },
  },
  {
    id: 'fields/certificate-verify-not-offered',
    topic: 'client certificates',
    role: 'server',
    statement: 'One with a hash that was not offered ends the handshake with an alert (RFC 5246, 7.4.8 and 7.2.2)',
    expects: each(['fields/server/certificate-verify-sha1', 'fields/server/certificate-verify-sha512'], TOLD),
    deviations: [
      {
        when: () => true,
        observed: UNTOLD,
        reason: `a hash that was not offered is refused without an alert ${inMbedtls('ssl_tls12_server.c:4051-4055')}`,
      },
    ],
  },
  {
    id: 'fields/certificate-request',
    topic: 'client certificates',
    role: 'server',
    statement:
      'A CertificateRequest lists what the server can verify, SHA-256 among it, in whatever order (RFC 5246, 7.4.4)',
    expects: {
      'fields/server/certificate-request': {
        ...SERVES,
        signatureAlgorithms: includes('ecdsa_secp256r1_sha256', 'rsa_pkcs1_sha256'),
      },
    },
  },
  {
    id: 'fields/curve-alone',
    topic: 'groups',
    role: 'server',
    statement:
      'A server that has none of the curves offered refuses with handshake_failure (RFC 8422, 4; RFC 5246, 7.4.1.3)',
    expects: Object.fromEntries(
      ['x25519', 'x448'].map((group) => [
        `fields/server/${group}`,
        anyOf({ ...SERVES, group }, { says: 'alert 40 handshake_failure' }),
      ]),
    ),
  },
];

export const FIELD_CLAIMS = claimsOf('rfc', ROWS);
