import type { ProfileRows } from '../recipe/certificate-profile.ts';

const WRONG_USE = 'Every verifying client (RFC 5280 section 4.2.1.12)';
const DER_NULL = '0500';

/** The names of the rows below. */
export type ExtensionProfileName =
  | 'client-eku-on-server'
  | 'wrong-eku'
  | 'no-eku'
  | 'any-eku'
  | 'wrong-key-usage'
  | 'key-encipherment-only'
  | 'no-key-usage'
  | 'ca-as-server'
  | 'no-extensions'
  | 'no-key-identifiers'
  | 'unknown-critical-extension'
  | 'unknown-extension'
  | 'must-staple'
  | 'name-constraints-kept'
  | 'name-constraints-broken'
  | 'name-constraints-excluded'
  | 'intermediate-client-eku'
  | 'revoked'
  | 'not-revoked'
  | 'stale-crl';

/** Which uses a certificate allows, what it demands of its reader, and whether it was taken back. */
export const EXTENSION_PROFILES: ProfileRows<ExtensionProfileName> = {
  'client-eku-on-server': {
    group: 'extensions',
    what: 'A server certificate with extKeyUsage clientAuth',
    wrong: 'It was made for clients',
    refuse: WRONG_USE,
    openssl: { verify: 26 },
    mbedtls: { accepts: false, flags: ['EXT_KEY_USAGE'], errno: -31232 },
    recipe: (c) => c.direct({ extendedKeyUsage: ['clientAuth'] }),
  },
  'wrong-eku': {
    group: 'extensions',
    what: 'A server certificate with extKeyUsage codeSigning',
    wrong: 'It was made to sign programs',
    refuse: WRONG_USE,
    openssl: { verify: 26 },
    mbedtls: { accepts: false, flags: ['EXT_KEY_USAGE'], errno: -31232 },
    recipe: (c) => c.direct({ extendedKeyUsage: ['codeSigning'] }),
  },
  'no-eku': {
    group: 'extensions',
    what: 'A server certificate without extKeyUsage',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'Without the extension every use is allowed (RFC 5280 section 4.2.1.12).',
    recipe: (c) => c.direct({ extendedKeyUsage: null }),
  },
  'any-eku': {
    group: 'extensions',
    what: 'A server certificate with anyExtendedKeyUsage only',
    wrong: 'Nothing by RFC 5280; applications may ask for the use by name',
    refuse: 'Nobody must; OpenSSL does, mbedTLS does not (RFC 5280 section 4.2.1.12 leaves it to the application)',
    openssl: { verify: 26 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ extendedKeyUsage: ['anyExtendedKeyUsage'] }),
  },
  'wrong-key-usage': {
    group: 'extensions',
    what: 'A server certificate with keyUsage nonRepudiation only',
    wrong: 'keyUsage allows neither signatures nor key exchange',
    refuse: 'Every verifying client (RFC 5280 section 4.2.1.3, RFC 5246 section 7.4.2)',
    openssl: { verify: 26 },
    mbedtls: { accepts: false, flags: ['KEY_USAGE'], errno: -31232 },
    note: 'OpenSSL as TLS 1.2 server does not sign with such a key: no shared cipher.',
    notServedIn: 'TLSv1.2',
    recipe: (c) => c.direct({ keyUsage: ['nonRepudiation'] }),
  },
  'key-encipherment-only': {
    group: 'extensions',
    what: 'An RSA server certificate with keyUsage keyEncipherment only',
    wrong: 'It allows RSA key exchange, but no signature, and ECDHE needs one',
    refuse: 'Every verifying client that negotiates (EC)DHE (RFC 5246 section 7.4.2); OpenSSL does not look',
    openssl: { verify: 0 },
    mbedtls: { accepts: false, flags: ['KEY_USAGE'], errno: -31232 },
    recipe: (c) => c.as(c.caKind === 'rsa-2048' ? c.key : 'rsa-2048').direct({ keyUsage: ['keyEncipherment'] }),
  },
  'no-key-usage': {
    group: 'extensions',
    what: 'A server certificate without keyUsage',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ keyUsage: null }),
  },
  'ca-as-server': {
    group: 'extensions',
    what: 'A server certificate that is itself an authority (CA:TRUE)',
    wrong: 'Whoever steals its key can sign certificates',
    refuse: 'Nobody must; the CA/Browser Forum baseline (section 7.1.2.7) forbids it',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ ca: {} }),
  },
  'no-extensions': {
    group: 'extensions',
    what: 'A version 3 certificate without any extension: the host stands in CN',
    wrong: 'CN has not been a host name since 2011',
    refuse:
      'Browsers and every client that follows RFC 9525 section 6.3; OpenSSL and mbedTLS fall back to CN and take it',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) =>
      c.direct({ ca: null, keyUsage: null, extendedKeyUsage: null, altNames: null, keyIdentifiers: false }),
  },
  'no-key-identifiers': {
    group: 'extensions',
    what: 'Neither subjectKeyIdentifier nor authorityKeyIdentifier',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'RFC 5280 section 4.2.1.1 asks authorities to set them; readers can do without.',
    recipe: (c) => c.direct({ keyIdentifiers: false }),
  },
  'unknown-critical-extension': {
    group: 'extensions',
    what: 'A private extension that is marked critical',
    wrong: 'Whoever does not know it must not go on',
    refuse: 'Every verifying peer (RFC 5280 section 4.2 and 6.1.5)',
    openssl: { verify: 34 },
    mbedtls: { accepts: false, stops: 'cannot parse: MBEDTLS_ERR_X509_INVALID_EXTENSIONS' },
    recipe: (c) => c.direct({ extensions: [{ oid: '1.3.6.1.4.1.55555.2', critical: true, hex: DER_NULL }] }),
  },
  'unknown-extension': {
    group: 'extensions',
    what: 'A private extension that is not critical',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ extensions: [{ oid: '1.3.6.1.4.1.55555.2', critical: false, hex: DER_NULL }] }),
  },
  'must-staple': {
    group: 'extensions',
    what: 'A server certificate that asks for OCSP stapling (RFC 7633), from a server that does not staple',
    wrong: 'The server does not send the answer that the certificate promises',
    refuse: 'Clients that implement RFC 7633 section 4.3.3; neither OpenSSL nor mbedTLS does by itself',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ extensions: [{ oid: '1.3.6.1.5.5.7.1.24', critical: false, hex: '3003020105' }] }),
  },
  'name-constraints-kept': {
    group: 'extensions',
    what: 'The intermediate may name hosts of the domain only, and the leaf is one',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: false, stops: 'cannot parse: MBEDTLS_ERR_X509_INVALID_EXTENSIONS' },
    note: 'Valid, but mbedTLS does not implement name constraints and the extension is critical.',
    recipe: (c) => c.chained({ intermediate: { nameConstraints: { permitted: [c.host] } } }),
  },
  'name-constraints-broken': {
    group: 'extensions',
    what: 'The intermediate may name hosts of another domain only',
    wrong: 'The host lies outside of the permitted names',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.3 (b))',
    openssl: { verify: 47 },
    mbedtls: { accepts: false, stops: 'cannot parse: MBEDTLS_ERR_X509_INVALID_EXTENSIONS' },
    recipe: (c) => c.chained({ intermediate: { nameConstraints: { permitted: ['other.test'] } } }),
  },
  'name-constraints-excluded': {
    group: 'extensions',
    what: 'The intermediate must not name the host, and does',
    wrong: 'The host is one of the excluded names',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.3 (c))',
    openssl: { verify: 48 },
    mbedtls: { accepts: false, stops: 'cannot parse: MBEDTLS_ERR_X509_INVALID_EXTENSIONS' },
    recipe: (c) => c.chained({ intermediate: { nameConstraints: { excluded: [c.host] } } }),
  },
  'intermediate-client-eku': {
    group: 'extensions',
    what: 'A good leaf under an intermediate whose extKeyUsage is clientAuth',
    wrong: 'The authority was limited to clients',
    refuse:
      'Peers that read extKeyUsage of authorities as a limit, as OpenSSL does; RFC 5280 section 4.2.1.12 says nothing of it',
    openssl: { verify: 26 },
    mbedtls: { accepts: true },
    recipe: (c) => c.chained({ intermediate: { extendedKeyUsage: ['clientAuth'] } }),
  },
  revoked: {
    group: 'extensions',
    what: 'A good leaf that is on the list of its authority',
    wrong: 'It was taken back because its key got lost',
    refuse: 'Every peer that checks the list (RFC 5280 section 6.3.3)',
    openssl: { verify: 23 },
    mbedtls: { accepts: true, withCrl: ['REVOKED'] },
    note: 'MicroPython has no way to hand a CRL to mbedTLS, so a board accepts it.',
    recipe: (c) =>
      c.direct(
        { crlUrl: 'http://crl.board.test/root.crl' },
        { crls: [crl(c.calendar.day(-1), c.calendar.day(30), ['leaf'])] },
      ),
  },
  'not-revoked': {
    group: 'extensions',
    what: 'A good leaf with the list of its authority, which names another',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => {
      const revoked = c.leaf({ subject: [['CN', 'revoked.test']] });
      return c.direct(
        {},
        { certificates: { revoked }, crls: [crl(c.calendar.day(-1), c.calendar.day(30), ['revoked'])] },
      );
    },
  },
  'stale-crl': {
    group: 'extensions',
    what: 'A good leaf with a list of its authority that should have been renewed yesterday',
    wrong: 'nextUpdate of the list lies in the past: nobody knows what was revoked since',
    refuse: 'Every peer that requires a current list (RFC 5280 section 6.3.3 (a))',
    openssl: { verify: 12 },
    mbedtls: { accepts: true, withCrl: ['CRL_EXPIRED'] },
    note: 'MicroPython has no way to hand a CRL to mbedTLS, so a board accepts it.',
    recipe: (c) => c.direct({}, { crls: [crl(c.calendar.day(-30), c.calendar.day(-0.5), [])] }),
  },
};

function crl(thisUpdate: string, nextUpdate: string, revokes: readonly string[]) {
  return { issuer: 'root', revokes, thisUpdate, nextUpdate };
}
