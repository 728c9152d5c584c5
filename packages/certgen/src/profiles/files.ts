import type { ProfileRows } from '../recipe/certificate-profile.ts';

const CANNOT_READ = 'could not read|could not (find|open)|unable to load|no start line';
const INVALID_KEY = "`ValueError('invalid key')` on the board";
const INVALID_CERTIFICATE = "`ValueError('invalid cert')` on the board";

/** The names of the rows below. */
export type FileProfileName =
  | 'crlf-file'
  | 'text-before'
  | 'text-after'
  | 'no-final-newline'
  | 'byte-order-mark'
  | 'one-line'
  | 'key-and-certificate'
  | 'certificate-and-key'
  | 'chain-file-reversed'
  | 'pkcs1-key'
  | 'sec1-key'
  | 'ec-parameters'
  | 'encrypted-key'
  | 'pkcs12'
  | 'truncated-certificate'
  | 'truncated-key'
  | 'empty-certificate'
  | 'empty-key'
  | 'key-as-certificate'
  | 'certificate-as-key'
  | 'broken-second-block';

/** Good certificates in files of every shape: what matters is whether the presenting end can read them. */
export const FILE_PROFILES: ProfileRows<FileProfileName> = {
  'crlf-file': {
    group: 'files',
    what: 'PEM with CRLF line ends, as Windows writes it',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'crlf',
    recipe: (c) => c.chained(),
  },
  'text-before': {
    group: 'files',
    what: 'Explanatory text before the PEM blocks',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'RFC 7468 section 5.2 allows it.',
    files: 'text-before',
    recipe: (c) => c.chained(),
  },
  'text-after': {
    group: 'files',
    what: 'Text after the last PEM block',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'text-after',
    recipe: (c) => c.chained(),
  },
  'no-final-newline': {
    group: 'files',
    what: 'PEM whose last line has no end',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'no-final-newline',
    recipe: (c) => c.chained(),
  },
  'byte-order-mark': {
    group: 'files',
    what: 'PEM that begins with a UTF-8 byte order mark, as some editors write it',
    wrong: 'The mark stands before BEGIN on the same line',
    refuse:
      'Readers that want BEGIN at the start of a line; OpenSSL 3 skips the mark, mbedTLS looks for BEGIN anywhere',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'byte-order-mark',
    recipe: (c) => c.direct(),
  },
  'one-line': {
    group: 'files',
    what: 'PEM whose base64 is one long line',
    wrong: 'RFC 7468 section 2 wants lines of 64 characters',
    refuse: 'Nobody must; old OpenSSL did',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'one-line',
    recipe: (c) => c.direct(),
  },
  'key-and-certificate': {
    group: 'files',
    what: 'Key and certificates in one PEM, the key first',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'key-and-certificate',
    recipe: (c) => c.chained(),
  },
  'certificate-and-key': {
    group: 'files',
    what: 'Key and certificates in one PEM, the certificates first',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'certificate-and-key',
    recipe: (c) => c.chained(),
  },
  'chain-file-reversed': {
    group: 'files',
    what: 'A chain file with the leaf at its end',
    wrong: 'The first certificate must be the one that the key belongs to',
    refuse: 'OpenSSL when it loads the pair; a board takes it and the handshake fails',
    openssl: { verify: 26, handshake: 'key values mismatch' },
    mbedtls: {
      accepts: false,
      stops: 'alert handshake_failure: the authority of the first certificate may not sign a key exchange',
    },
    nodeTls: 'refuses',
    files: 'chain-reversed',
    recipe: (c) => c.chained(),
  },
  'pkcs1-key': {
    group: 'files',
    what: 'An RSA key as PKCS#1: BEGIN RSA PRIVATE KEY',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'pkcs1',
    recipe: (c) => c.as(c.caKind === 'rsa-2048' ? c.key : 'rsa-2048').direct(),
  },
  'sec1-key': {
    group: 'files',
    what: 'A P-256 key as SEC 1: BEGIN EC PRIVATE KEY',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'sec1',
    recipe: (c) => c.as('p-256').direct(),
  },
  'ec-parameters': {
    group: 'files',
    what: 'A P-256 key with BEGIN EC PARAMETERS before it, as `openssl ecparam -genkey` writes it',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    files: 'ec-parameters',
    recipe: (c) => c.as('p-256').direct(),
  },
  'encrypted-key': {
    group: 'files',
    what: 'The key encrypted with a password (`wirewrap`)',
    wrong: 'Nobody tells the reader the password',
    refuse: 'Every presenting end without the password; MicroPython has no argument for one',
    openssl: { verify: 0, handshake: CANNOT_READ },
    mbedtls: { accepts: false, stops: INVALID_KEY },
    nodeTls: 'refuses',
    files: 'encrypted',
    recipe: (c) => c.direct(),
  },
  pkcs12: {
    group: 'files',
    what: 'Key and chain as PKCS#12 as well (password `wirewrap`)',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'The PEM and DER files beside it are good; mbedTLS cannot read the PKCS#12 file itself.',
    files: 'pkcs12',
    recipe: (c) => c.chained(),
  },
  'truncated-certificate': {
    group: 'files',
    what: 'The first half of a certificate',
    wrong: 'The rest is missing',
    refuse: 'Every reader',
    openssl: { verify: CANNOT_READ, parses: false },
    mbedtls: { accepts: false, stops: INVALID_CERTIFICATE },
    nodeTls: 'refuses',
    files: 'truncated-certificate',
    recipe: (c) => c.direct(),
  },
  'truncated-key': {
    group: 'files',
    what: 'The first half of a key',
    wrong: 'The rest is missing',
    refuse: 'Every reader',
    openssl: { verify: 0, handshake: CANNOT_READ },
    mbedtls: { accepts: false, stops: INVALID_KEY },
    nodeTls: 'refuses',
    files: 'truncated-key',
    recipe: (c) => c.direct(),
  },
  'empty-certificate': {
    group: 'files',
    what: 'A certificate file without content',
    wrong: 'There is nothing in it',
    refuse: 'Every reader',
    openssl: { verify: CANNOT_READ, parses: false },
    mbedtls: {
      accepts: false,
      stops: `${INVALID_CERTIFICATE} up to 1.22; later firmware takes it for no certificate at all`,
    },
    nodeTls: 'refuses',
    files: 'empty-certificate',
    recipe: (c) => c.direct(),
  },
  'empty-key': {
    group: 'files',
    what: 'A key file without content',
    wrong: 'There is nothing in it',
    refuse: 'Every reader',
    openssl: { verify: 0, handshake: CANNOT_READ },
    mbedtls: { accepts: false, stops: `${INVALID_KEY} up to 1.22; later firmware takes it for no key at all` },
    nodeTls: 'refuses',
    files: 'empty-key',
    recipe: (c) => c.direct(),
  },
  'key-as-certificate': {
    group: 'files',
    what: 'The key where the certificate belongs',
    wrong: 'There is no certificate in it',
    refuse: 'Every reader',
    openssl: { verify: CANNOT_READ, parses: false },
    mbedtls: { accepts: false, stops: INVALID_CERTIFICATE },
    nodeTls: 'refuses',
    files: 'key-as-certificate',
    recipe: (c) => c.direct(),
  },
  'certificate-as-key': {
    group: 'files',
    what: 'The certificate where the key belongs',
    wrong: 'There is no key in it',
    refuse: 'Every reader',
    openssl: { verify: 0, handshake: CANNOT_READ },
    mbedtls: { accepts: false, stops: INVALID_KEY },
    nodeTls: 'refuses',
    files: 'certificate-as-key',
    recipe: (c) => c.direct(),
  },
  'broken-second-block': {
    group: 'files',
    what: 'A good certificate and then a block that is not base64',
    wrong: 'One block of the file cannot be read',
    refuse: 'Readers that read the whole file; those that stop at the first certificate take it',
    openssl: { verify: 0 },
    mbedtls: { accepts: false, stops: INVALID_CERTIFICATE },
    nodeTls: 'refuses',
    files: 'broken-second-block',
    recipe: (c) => c.direct(),
  },
};
