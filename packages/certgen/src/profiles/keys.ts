import type { ProfileRows } from '../recipe/certificate-profile.ts';

const WEAK_KEY = 'NIST SP 800-131A and the CA/Browser Forum baseline (section 6.1.5) end RSA below 2048 bits';
const WEAK_HASH = 'RFC 6194 and RFC 9155: SHA-1 is no longer secure for signatures';

/** The names of the rows below. */
export type KeyProfileName =
  | 'rsa-1024'
  | 'rsa-2048'
  | 'rsa-3072'
  | 'rsa-4096'
  | 'p-256'
  | 'p-384'
  | 'p-521'
  | 'secp256k1'
  | 'ed25519'
  | 'sha1-signature'
  | 'md5-signature'
  | 'sha384-signature'
  | 'sha512-signature'
  | 'rsa-pss-signature'
  | 'broken-signature'
  | 'mismatched-key'
  | 'weak-intermediate'
  | 'sha1-intermediate';

/** Kinds of keys and signatures, good, old and broken. */
export const KEY_PROFILES: ProfileRows<KeyProfileName> = {
  'rsa-1024': {
    group: 'keys',
    what: 'A leaf with an RSA key of 1024 bits',
    wrong: 'The key is too short',
    refuse: `Every verifying peer with today's policy: ${WEAK_KEY}`,
    openssl: { verify: 0, handshake: 66 },
    mbedtls: { accepts: false, flags: ['BAD_KEY'] },
    note: '`openssl verify` looks at key sizes only with -auth_level; a TLS client does at SECLEVEL 1 and above.',
    nodeTls: 'weak',
    recipe: (c) => c.as('rsa-1024').direct(),
  },
  'rsa-2048': {
    group: 'keys',
    what: 'A leaf with an RSA key of 2048 bits',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.as('rsa-2048').direct(),
  },
  'rsa-3072': {
    group: 'keys',
    what: 'A leaf with an RSA key of 3072 bits',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.as('rsa-3072').direct(),
  },
  'rsa-4096': {
    group: 'keys',
    what: 'A leaf with an RSA key of 4096 bits',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'Valid, but memory-hungry: a board that is short of heap fails with MBEDTLS_ERR_MPI_ALLOC_FAILED in the key exchange.',
    recipe: (c) => c.as('rsa-4096').direct(),
  },
  'p-256': {
    group: 'keys',
    what: 'A leaf with a key on P-256 (secp256r1)',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.as('p-256').direct(),
  },
  'p-384': {
    group: 'keys',
    what: 'A leaf with a key on P-384 (secp384r1)',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.as('p-384').direct(),
  },
  'p-521': {
    group: 'keys',
    what: 'A leaf with a key on P-521 (secp521r1)',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.as('p-521').direct(),
  },
  secp256k1: {
    group: 'keys',
    what: "A leaf with a key on Bitcoin's curve",
    wrong: 'No TLS client offers the curve by default',
    refuse: 'The server finds no common ground (RFC 8422 section 5.1.1) and answers handshake_failure',
    openssl: { verify: 0, handshake: 'handshake failure' },
    mbedtls: { accepts: false, stops: 'alert handshake_failure from the server' },
    recipe: (c) => c.as('secp256k1').direct(),
  },
  ed25519: {
    group: 'keys',
    what: 'A leaf with an Ed25519 key',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: false, stops: 'alert handshake_failure from the server' },
    note: 'Valid (RFC 8410), but mbedTLS has no Ed25519 and does not offer it.',
    recipe: (c) => c.as('ed25519').direct(),
  },
  'sha1-signature': {
    group: 'keys',
    what: 'A leaf signed with SHA-1',
    wrong: 'The digest is broken',
    refuse: `Every verifying peer with today's policy: ${WEAK_HASH}`,
    openssl: { verify: 0, handshake: 68 },
    mbedtls: { accepts: false, flags: ['BAD_MD'] },
    note: '`openssl verify` looks at digests only with -auth_level; a TLS client does at SECLEVEL 1 and above.',
    recipe: (c) => c.direct({ hash: 'sha1' }),
  },
  'md5-signature': {
    group: 'keys',
    what: 'A leaf signed with MD5 and RSA',
    wrong: 'The digest is broken: a forged certificate was shown in 2008',
    refuse: 'Every verifying peer: RFC 6151 section 2 ends MD5 in signatures',
    openssl: { verify: 0, handshake: 68 },
    mbedtls: { accepts: false, flags: ['BAD_MD'] },
    note: 'An mbedTLS that is built without MD5 cannot parse it and stops even with CERT_NONE.',
    recipe: (c) => c.as(c.caKind === 'rsa-2048' ? c.key : 'rsa-2048').direct({ bends: ['md5-signature'] }),
  },
  'sha384-signature': {
    group: 'keys',
    what: 'A leaf signed with SHA-384',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ hash: 'sha384' }),
  },
  'sha512-signature': {
    group: 'keys',
    what: 'A leaf signed with SHA-512',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ hash: 'sha512' }),
  },
  'rsa-pss-signature': {
    group: 'keys',
    what: 'An RSA leaf whose certificate is signed with RSASSA-PSS and SHA-256',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'Needs MBEDTLS_X509_RSASSA_PSS_SUPPORT, which ESP-IDF has and the unix port of MicroPython may not.',
    recipe: (c) => c.as(c.caKind === 'rsa-2048' ? c.key : 'rsa-2048').direct({ padding: 'pss' }),
  },
  'broken-signature': {
    group: 'keys',
    what: 'A good leaf with the last bit of its signature turned over',
    wrong: 'The signature does not verify',
    refuse: 'Every verifying peer (RFC 5280 section 6.1.3 (a)(1))',
    openssl: { verify: 7 },
    mbedtls: { accepts: false, flags: ['NOT_TRUSTED'] },
    recipe: (c) => c.direct({ bends: ['break-signature'] }),
  },
  'mismatched-key': {
    group: 'keys',
    what: 'A good leaf handed out with a private key that is not its own',
    wrong: 'The key does not belong to the certificate',
    refuse:
      'The presenting end when it loads both; else the peer, when the key exchange does not verify (RFC 5246 section 7.4.3)',
    openssl: { verify: 0, handshake: 'key values mismatch' },
    mbedtls: { accepts: false, stops: 'signature of the key exchange does not verify' },
    note: 'OpenSSL and Node refuse to load the pair. MicroPython takes it and only the handshake fails.',
    nodeTls: 'refuses',
    recipe: (c) => c.direct({}, { key: c.keyOf('stranger') }),
  },
  'weak-intermediate': {
    group: 'keys',
    what: 'A good leaf under an intermediate with an RSA key of 1024 bits',
    wrong: 'The key of the intermediate is too short',
    refuse: `Every verifying peer with today's policy: ${WEAK_KEY}`,
    openssl: { verify: 0, handshake: 67 },
    mbedtls: { accepts: false, flags: ['BAD_KEY'] },
    nodeTls: 'weak',
    recipe: (c) => c.chained({ intermediate: { key: c.keyOf('intermediate', 'rsa-1024') } }),
  },
  'sha1-intermediate': {
    group: 'keys',
    what: 'A good leaf under an intermediate that is signed with SHA-1',
    wrong: 'The digest is broken',
    refuse: `Every verifying peer with today's policy: ${WEAK_HASH}`,
    openssl: { verify: 0, handshake: 68 },
    mbedtls: { accepts: false, flags: ['BAD_MD'] },
    recipe: (c) => c.chained({ intermediate: { hash: 'sha1' } }),
  },
};
