import { BAD_PROFILES } from '../cases/profiles.ts';
import type { Claim } from '../claim/claim.ts';
import { anyOf, excludes, includes } from '../claim/pattern.ts';
import { type ClaimRow, claimsOf, each } from './claim-row.ts';
import { KNOWN } from './deviations.ts';
import { COMPLETES, FINDS_NOTHING_IN_COMMON, REFUSES_ARGUMENTS, REFUSES_CERTIFICATE, TLS_ERROR } from './expected.ts';

const KEYWORDS = [
  { name: 'keyfile', deviation: KNOWN.noKeyfile },
  { name: 'certfile', deviation: KNOWN.noCertfile },
  { name: 'server_side', deviation: null },
  { name: 'cert_reqs', deviation: KNOWN.noCertReqs },
  { name: 'ca_certs', deviation: KNOWN.noCaCerts },
  { name: 'do_handshake_on_connect', deviation: KNOWN.noOnConnect },
] as const;

const ROWS: readonly ClaimRow[] = [
  {
    id: 'one-function',
    topic: 'what the module holds',
    role: 'module',
    statement: 'The ssl module has one function, wrap_socket',
    expects: { 'module/functions': ['wrap_socket'] },
  },
  {
    id: 'nothing-but-the-function',
    topic: 'what the module holds',
    role: 'module',
    statement: 'Apart from wrap_socket and constants the module holds nothing',
    expects: { 'module/classes': [] },
    deviations: [KNOWN.hasContext],
  },
  {
    id: 'import',
    topic: 'what the module holds',
    role: 'module',
    statement: 'The module is imported as ssl',
    expects: { 'module/import-ssl': true },
  },
  {
    id: 'order-of-arguments',
    topic: 'arguments by position',
    role: 'both',
    statement: 'The arguments are sock, keyfile, certfile, server_side, … in this order',
    expects: { 'signature/book-position/server_side': 'SSLSocket' },
    deviations: [KNOWN.otherOrder],
  },
  {
    id: 'key-and-cert-belong-together',
    topic: 'key and certificate',
    role: 'server',
    statement: 'A key needs its certificate, and a certificate in a file of its own its key',
    expects: each(['server/identity/cert-only', 'server/identity/key-only'], {
      end: 'fails',
      at: 'wrap',
      error: anyOf({ type: 'TypeError', text: /NoneType/ }, { type: 'ValueError', text: /key|cert/ }, TLS_ERROR.error),
    }),
  },
  ...KEYWORDS.map(
    ({ name, deviation }): ClaimRow => ({
      id: `keyword/${name}`,
      topic: `keyword ${name}`,
      role: 'both',
      statement: `wrap_socket takes the keyword ${name}`,
      expects: { [`signature/keyword/${name}`]: 'accepted' },
      deviations: deviation === null ? [] : [deviation],
    }),
  ),
  {
    id: 'only-sock-required',
    topic: 'arguments',
    role: 'client',
    statement: 'All arguments but sock are optional',
    expects: { 'signature/no-arguments': 'TypeError', 'client/default/good': COMPLETES },
  },
  {
    id: 'default-none',
    topic: 'default validation',
    role: 'client',
    statement: 'cert_reqs is CERT_NONE by default: nothing is validated',
    expects: each(
      BAD_PROFILES.map((profile) => `client/default/${profile}`),
      COMPLETES,
    ),
  },
  {
    id: 'key-and-cert-files',
    topic: 'key and certificate',
    role: 'server',
    statement: 'keyfile and certfile name PEM files with the key and the certificate',
    expects: { 'book/https-server': { answered: true } },
    deviations: [KNOWN.noKeyfile],
  },
  {
    id: 'certfile-holds-the-key',
    topic: 'key and certificate in one file',
    role: 'server',
    statement: 'certfile alone is enough when the key stands in it',
    expects: { 'book/https-server-certfile-only': { answered: true } },
    deviations: [KNOWN.noCertfile],
  },
  {
    id: 'pem',
    topic: 'format of key and certificate',
    role: 'server',
    statement: 'Key and certificate must be PEM',
    expects: { 'server/identity/pem': COMPLETES, 'server/identity/der': REFUSES_ARGUMENTS },
    deviations: [KNOWN.parsesDer, KNOWN.noPem],
  },
  {
    id: 'server-side',
    topic: 'role',
    role: 'both',
    statement: 'server_side picks the role: client by default, server when True',
    expects: { 'client/default/good': { ...COMPLETES, hello: true }, 'server/identity/der': COMPLETES },
  },
  {
    id: 'constants',
    topic: 'CERT_ constants',
    role: 'module',
    statement: 'There are CERT_NONE, CERT_OPTIONAL and CERT_REQUIRED',
    expects: { 'module/names': includes('CERT_NONE', 'CERT_OPTIONAL', 'CERT_REQUIRED') },
    deviations: [KNOWN.noConstants],
  },
  {
    id: 'required-validates',
    topic: 'CERT_REQUIRED',
    role: 'client',
    statement: 'With CERT_REQUIRED the validity of the certificate is checked',
    expects: each(
      BAD_PROFILES.map((profile) => `client/required/${profile}`),
      REFUSES_CERTIFICATE,
    ),
    deviations: [KNOWN.noCertReqs, KNOWN.datesUnchecked],
  },
  {
    id: 'optional-validates-nothing',
    topic: 'CERT_OPTIONAL',
    role: 'client',
    statement: 'With CERT_OPTIONAL validity is not checked',
    expects: each(
      BAD_PROFILES.map((profile) => `client/optional/${profile}`),
      COMPLETES,
    ),
    deviations: [KNOWN.noCertReqs],
  },
  {
    id: 'none-validates-nothing',
    topic: 'CERT_NONE',
    role: 'client',
    statement: 'With CERT_NONE validity is not checked',
    expects: each(
      BAD_PROFILES.flatMap((profile) => [`client/none/${profile}`, `client/none-named/${profile}`]),
      COMPLETES,
    ),
    deviations: [KNOWN.noCertReqs],
  },
  {
    id: 'esp32-never-checks',
    topic: 'whether certificates can be checked at all',
    role: 'client',
    statement: 'MicroPython on the ESP32 never checks the certificate',
    expects: {
      ...each(
        BAD_PROFILES.map((profile) => `client/default-named/${profile}`),
        COMPLETES,
      ),
      'client/required/untrusted-ca': anyOf(COMPLETES, { error: { type: 'TypeError' } }),
    },
    deviations: [KNOWN.verifies],
  },
  {
    id: 'ca-certs-bytes',
    topic: 'trust anchors',
    role: 'client',
    statement: 'ca_certs is a bytes object with the CA certificates',
    expects: { 'client/cadata/ca_certs-keyword': COMPLETES },
    deviations: [KNOWN.noCaCerts],
  },
  {
    id: 'ca-certs-for-clients',
    topic: 'trust anchors for client certificates',
    role: 'server',
    statement: "ca_certs is a bytes object with the chain that the client's certificate is checked with",
    expects: { 'mutual/server/ca_certs-keyword': COMPLETES },
    deviations: [KNOWN.noCaCerts],
  },
  {
    id: 'hostname-is-checked',
    topic: 'server_hostname',
    role: 'client',
    statement: 'The certificate is checked against server_hostname',
    expects: { 'client/default-named/wrong-host': REFUSES_CERTIFICATE },
    deviations: [KNOWN.onlyWhenRequired],
  },
  {
    id: 'hostname-is-checked-when-required',
    topic: 'server_hostname with CERT_REQUIRED',
    role: 'client',
    statement: 'With CERT_REQUIRED the certificate is checked against server_hostname',
    expects: { 'client/name/right': COMPLETES, 'client/name/other': REFUSES_CERTIFICATE },
    deviations: [KNOWN.noCertReqs],
  },
  {
    id: 'virtual-hosts',
    topic: 'server name indication',
    role: 'client',
    statement: 'server_hostname lets a server with several hosts choose its certificate',
    expects: {
      'client/sni/name': { ...COMPLETES, sni: 'foo.example' },
      'client/virtual-host/second': { ...COMPLETES, certificate: 'second.test' },
    },
  },
  {
    id: 'deferred-by-true',
    topic: 'do_handshake',
    role: 'client',
    statement: 'do_handshake is for non-blocking sockets: True defers the handshake',
    expects: { 'handshake/true-is-done-after-wrap': { ...COMPLETES, helloAfterWrap: false } },
    deviations: [KNOWN.handshakeInverted],
  },
  {
    id: 'waits-by-false',
    topic: 'do_handshake',
    role: 'client',
    statement: 'do_handshake=False waits until the handshake is done',
    expects: { 'handshake/false-sends-nothing': { ...COMPLETES, helloAfterWrap: true } },
    deviations: [KNOWN.handshakeInverted],
  },
  {
    id: 'not-all-ciphers',
    topic: 'versions and cipher suites',
    role: 'client',
    statement: 'Not all ciphers work: some sites cannot be reached',
    expects: each(
      ['chacha20', 'camellia', 'dhe-rsa', 'ecdhe-ecdsa-ccm', 'aria', 'null'].map((name) => `client/suite/${name}`),
      FINDS_NOTHING_IN_COMMON,
    ),
    needs: 'some',
  },
  {
    id: 'not-all-versions',
    topic: 'versions and cipher suites',
    role: 'client',
    statement: 'Not all versions of TLS work',
    expects: each(
      ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].map((version) => `client/version/${version}`),
      FINDS_NOTHING_IN_COMMON,
    ),
    needs: 'some',
  },
  {
    id: 'most-sites-work',
    topic: 'versions and cipher suites',
    role: 'client',
    statement: 'Most sites work: TLS 1.2 with the suites that servers prefer',
    expects: each(
      [
        'client/version/TLSv1.2',
        'client/version/best',
        ...['ecdhe-ecdsa-aes128-gcm', 'ecdhe-ecdsa-aes256-gcm', 'ecdhe-rsa-aes128-gcm'].map(
          (name) => `client/suite/${name}`,
        ),
      ],
      COMPLETES,
    ),
    deviations: [
      {
        // It follows the library that is loaded, as Debian loads it; the same one with the options of an ESP32 has it not.
        when: (can) => can.engine === '3.6.6' && can.version.startsWith('1.25'),
        platforms: ['linux'],
        observed: { end: 'fails', at: 'wrap', hello: true, error: { type: 'OSError', code: -26_112 } },
        reason: "Debian's Mbed TLS 3.6.6 refuses servers with an RSA key in TLS 1.2 (docs/comparison-1.25-1.26.md)",
      },
    ],
  },
  {
    id: 'accept-waits',
    topic: 'accepting a client',
    role: 'server',
    statement: 'accept waits until a client comes; a server that does not want to wait polls',
    expects: {
      'server/accept/blocks': { waits: true },
      // Ports differ in the word for it.
      'server/accept/non-blocking': { raises: { type: 'OSError', name: /^(EAGAIN|ETIMEDOUT)$/ } },
      'server/accept/poll': { before: [], after: [true] },
    },
  },
  {
    id: 'https-client',
    topic: 'an HTTPS client',
    role: 'client',
    statement: 'An HTTPS client is a plain socket and one wrap_socket with defaults; it needs no certificate',
    expects: { 'book/https-client': { status: 'HTTP/1.0 200 OK', whole: true } },
  },
  {
    id: 'client-proves-itself',
    topic: 'a client with a certificate',
    role: 'client',
    statement: 'A client that must prove itself gets key and certificate as a server does',
    expects: { 'mutual/client/good': { ...COMPLETES, certificateRequested: true } },
  },
  {
    id: 'client-proves-itself-by-files',
    topic: 'a client with a certificate',
    role: 'client',
    statement: 'The client names its key and certificate by keyfile and certfile',
    expects: { 'mutual/client/keyfile-certfile': COMPLETES },
    deviations: [KNOWN.noKeyfile],
  },
  {
    id: 'no-socket-methods',
    topic: 'methods of the wrapped socket',
    role: 'client',
    statement: 'The wrapped socket has none of the socket methods',
    expects: {
      'stream/socket-methods': excludes('recv', 'recv_into', 'send', 'sendall', 'settimeout', 'makefile', 'fileno'),
    },
    deviations: [KNOWN.hasRecv],
  },
  {
    id: 'only-read-and-write',
    topic: 'methods of the wrapped socket',
    role: 'client',
    statement: 'The wrapped socket has only the read and write methods of a stream',
    expects: { 'stream/methods': excludes('setblocking', 'getpeercert', 'cipher', 'recv', 'send') },
    deviations: [KNOWN.moreMethods],
  },
];

/** What the book extract of April 2024 says. */
export const BOOK_CLAIMS: readonly Claim[] = claimsOf('book', ROWS);
