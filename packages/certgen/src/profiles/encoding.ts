import type { ProfileRows } from '../recipe/certificate-profile.ts';

/** The names of the rows below. */
export type EncodingProfileName =
  | 'version-1'
  | 'version-1-intermediate'
  | 'signature-algorithm-mismatch'
  | 'duplicate-extension'
  | 'time-without-seconds'
  | 'generalized-time-before-2050'
  | 'negative-serial'
  | 'long-serial'
  | 'trailing-byte';

/** DER that RFC 5280 forbids: what readers make of it differs, and that is the point. */
export const ENCODING_PROFILES: ProfileRows<EncodingProfileName> = {
  'version-1': {
    group: 'encoding',
    what: 'A version 1 certificate, as before 1996: no extensions, the host in CN',
    wrong: 'It cannot say what it may be used for',
    refuse: 'Browsers (RFC 9525 section 6.3: no subjectAltName); OpenSSL and mbedTLS take it',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ bends: ['version-1'] }),
  },
  'version-1-intermediate': {
    group: 'encoding',
    what: 'A good leaf under a version 1 intermediate',
    wrong: 'A version 1 certificate cannot say that it is an authority',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.4 (k))',
    openssl: { verify: [24, 79] },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    note: 'OpenSSL says 24 up to 1.1 and 79 from 3.0 on; both mean invalid CA certificate.',
    recipe: (c) => c.chained({ intermediate: { bends: ['version-1'] } }),
  },
  'signature-algorithm-mismatch': {
    group: 'encoding',
    what: 'The two places that name the signature algorithm disagree',
    wrong: 'signatureAlgorithm must repeat tbsCertificate.signature',
    refuse: 'Every verifying peer (RFC 5280 section 4.1.1.2)',
    openssl: { verify: 7 },
    mbedtls: { accepts: false, stops: 'cannot parse: MBEDTLS_ERR_X509_SIG_MISMATCH' },
    recipe: (c) => c.direct({ bends: ['signature-algorithm-mismatch'] }),
  },
  'duplicate-extension': {
    group: 'encoding',
    what: 'subjectAltName stands twice in the certificate',
    wrong: 'An extension must not appear twice',
    refuse: 'Every verifying peer (RFC 5280 section 4.2)',
    openssl: { verify: 20 },
    mbedtls: { accepts: false, stops: 'cannot parse: MBEDTLS_ERR_X509_INVALID_EXTENSIONS' },
    note: 'OpenSSL marks the certificate invalid and then finds no issuer for it: 20; as TLS 1.2 server it does not present it.',
    notServedIn: 'TLSv1.2',
    recipe: (c) => c.direct({ bends: ['duplicate-extension'] }),
  },
  'time-without-seconds': {
    group: 'encoding',
    what: 'notBefore and notAfter are UTCTime without seconds',
    wrong: 'UTCTime must have seconds',
    refuse: 'Every verifying peer (RFC 5280 section 4.1.2.5.1)',
    openssl: { verify: [13, 'utctime is too short|could not (read|find)|unable to load'], parses: 'depends' },
    mbedtls: { accepts: false, stops: 'cannot parse: MBEDTLS_ERR_X509_INVALID_DATE' },
    note: 'OpenSSL 3.0 says 13, error in the field notBefore; 3.5 (in Node 24) does not parse it: utctime is too short.',
    nodeTls: 'refuses',
    recipe: (c) => c.direct({ bends: ['utc-time-without-seconds'] }),
  },
  'generalized-time-before-2050': {
    group: 'encoding',
    what: 'notBefore and notAfter before 2050 as GeneralizedTime',
    wrong: 'Times up to 2049 must be UTCTime',
    refuse: 'Strict readers (RFC 5280 section 4.1.2.5); OpenSSL and mbedTLS take it',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ bends: ['generalized-time'] }),
  },
  'negative-serial': {
    group: 'encoding',
    what: 'The serial number is negative',
    wrong: 'Serial numbers are positive',
    refuse: 'Strict readers (RFC 5280 section 4.1.2.2); OpenSSL and mbedTLS take it',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ bends: ['negative-serial'] }),
  },
  'long-serial': {
    group: 'encoding',
    what: 'The serial number has 33 bytes',
    wrong: 'Serial numbers have at most 20 bytes',
    refuse: 'Strict readers (RFC 5280 section 4.1.2.2); OpenSSL and mbedTLS take it',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ serial: '5a'.repeat(33) }),
  },
  'trailing-byte': {
    group: 'encoding',
    what: 'One byte too many after the end of the certificate',
    wrong: 'The DER is followed by something that belongs to nothing',
    refuse: 'Every reader of DER (X.690 section 8.1; RFC 5246 section 7.4.2 gives the exact length)',
    openssl: { verify: [0, 'header too long|could not (read|find)|unable to load'], parses: 'depends' },
    mbedtls: { accepts: true },
    note: 'The openssl command drops the byte; Node 24 does not load the PEM: header too long.',
    nodeTls: 'refuses',
    recipe: (c) => c.direct({ bends: ['trailing-byte'] }),
  },
};
