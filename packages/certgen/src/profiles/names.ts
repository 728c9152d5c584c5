import type { ProfileRows } from '../recipe/certificate-profile.ts';

const NAMES_DIFFER = 'Every client that checks names (RFC 9525 section 6)';
const OTHER = 'other.test';

function dns(...names: readonly string[]) {
  return names.map((value) => ({ type: 'dns', value }) as const);
}

/** Everything after the first label: `board.test` of `www.board.test`. */
function parent(host: string): string {
  return host.includes('.') ? host.slice(host.indexOf('.') + 1) : host;
}

/** The names of the rows below. */
export type NameProfileName =
  | 'wildcard'
  | 'wildcard-two-labels'
  | 'wildcard-inside-label'
  | 'wildcard-not-leftmost'
  | 'wildcard-alone'
  | 'wildcard-for-parent'
  | 'ip-as-dns'
  | 'ip-in-cn'
  | 'ipv6-san'
  | 'wrong-ip'
  | 'cn-only'
  | 'san-contradicts-cn'
  | 'cn-contradicts-san'
  | 'san-without-dns'
  | 'empty-subject'
  | 'no-name'
  | 'upper-case'
  | 'trailing-dot'
  | 'nul-in-san'
  | 'nul-in-cn'
  | 'idn'
  | 'idn-in-utf8'
  | 'many-names';

/** Names that match, names that must not, and names that readers have been fooled by. */
export const NAME_PROFILES: ProfileRows<NameProfileName> = {
  wildcard: {
    group: 'names',
    what: 'A wildcard for the whole first label',
    wrong: null,
    refuse: null,
    host: 'www.board.test',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ subject: [], altNames: dns(`*.${parent(c.host)}`) }),
  },
  'wildcard-two-labels': {
    group: 'names',
    what: 'A wildcard that would have to stand for two labels',
    wrong: 'A wildcard stands for one label',
    refuse: 'Every client that checks names (RFC 9525 section 6.3)',
    host: 'a.b.board.test',
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [], altNames: dns(`*.${parent(parent(c.host))}`) }),
  },
  'wildcard-inside-label': {
    group: 'names',
    what: 'A wildcard for a part of the first label: `w*.board.test`',
    wrong: 'A wildcard must be the whole label',
    refuse:
      'Every client that checks names by RFC 9525 section 6.3; OpenSSL takes it unless X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS is set',
    host: 'www.board.test',
    openssl: { verify: 0 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [], altNames: dns(`${c.host.slice(0, 1)}*.${parent(c.host)}`) }),
  },
  'wildcard-not-leftmost': {
    group: 'names',
    what: 'A wildcard in the second label: `www.*.test`',
    wrong: 'A wildcard must be the leftmost label',
    refuse: 'Every client that checks names (RFC 9525 section 6.3)',
    host: 'www.board.test',
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [], altNames: dns(`${c.host.split('.')[0]}.*.${parent(parent(c.host))}`) }),
  },
  'wildcard-alone': {
    group: 'names',
    what: 'The name is `*`',
    wrong: 'It would stand for every host',
    refuse: 'Every client that checks names (RFC 9525 section 6.3)',
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [], altNames: dns('*') }),
  },
  'wildcard-for-parent': {
    group: 'names',
    what: 'A wildcard below the host: `*.board.test` for `board.test`',
    wrong: 'A wildcard does not stand for no label at all',
    refuse: 'Every client that checks names (RFC 9525 section 6.3)',
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [], altNames: dns(`*.${c.host}`) }),
  },
  'ip-as-dns': {
    group: 'names',
    what: 'An address written as a dNSName',
    wrong: 'An address belongs into iPAddress',
    refuse:
      'Every client that checks names (RFC 9525 section 6.4 and RFC 5280 section 4.2.1.6); mbedTLS compares text and takes it',
    host: '127.0.0.1',
    openssl: { verify: 64 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ subject: [['CN', 'board']], altNames: dns(c.host) }),
  },
  'ip-in-cn': {
    group: 'names',
    what: 'An address in CN and no subjectAltName',
    wrong: 'An address belongs into iPAddress',
    refuse: 'Every client that checks names (RFC 9525 section 6.4); mbedTLS compares text and takes it',
    host: '127.0.0.1',
    openssl: { verify: 64 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ altNames: null }),
  },
  'ipv6-san': {
    group: 'names',
    what: 'An IPv6 address as iPAddress',
    wrong: null,
    refuse: null,
    host: '::1',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'mbedTLS before 3.5 does not look at iPAddress and refuses: CN_MISMATCH.',
    recipe: (c) => c.direct({ subject: [['CN', 'board']] }),
  },
  'wrong-ip': {
    group: 'names',
    what: 'A good certificate of another address',
    wrong: 'iPAddress is not the address that was asked for',
    refuse: 'Every client that checks names (RFC 9525 section 6.4)',
    host: '127.0.0.1',
    openssl: { verify: 64 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [['CN', 'board']], altNames: [{ type: 'ip', value: '192.0.2.1' }] }),
  },
  'cn-only': {
    group: 'names',
    what: 'The host stands in CN; there is no subjectAltName',
    wrong: 'CN has not been a host name since 2011',
    refuse:
      'Browsers and every client that follows RFC 9525 section 6.3; OpenSSL and mbedTLS fall back to CN and take it',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ altNames: null }),
  },
  'san-contradicts-cn': {
    group: 'names',
    what: 'CN is the host, subjectAltName is another',
    wrong: 'subjectAltName decides',
    refuse: NAMES_DIFFER,
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ altNames: dns(OTHER) }),
  },
  'cn-contradicts-san': {
    group: 'names',
    what: 'subjectAltName is the host, CN is another',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    recipe: (c) => c.direct({ subject: [['CN', OTHER]] }),
  },
  'san-without-dns': {
    group: 'names',
    what: 'CN is the host, subjectAltName holds an e-mail address only',
    wrong: 'There is a subjectAltName and the host is not in it',
    refuse: 'Every client that checks names by RFC 9525 section 6.3; OpenSSL falls back to CN and takes it',
    openssl: { verify: 0 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ altNames: [{ type: 'email', value: 'root@board.test' }] }),
  },
  'empty-subject': {
    group: 'names',
    what: 'The subject is empty, subjectAltName is critical',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'RFC 5280 section 4.1.2.6 allows it when subjectAltName is critical.',
    recipe: (c) => c.direct({ subject: [] }),
  },
  'no-name': {
    group: 'names',
    what: 'Neither a subject nor a subjectAltName',
    wrong: 'There is no name at all',
    refuse: `${NAMES_DIFFER}; RFC 5280 section 4.1.2.6 forbids it`,
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [], altNames: null }),
  },
  'upper-case': {
    group: 'names',
    what: 'The host in capital letters',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'Names compare without regard to case (RFC 9525 section 6.3).',
    recipe: (c) => c.direct({ altNames: dns(c.host.toUpperCase()) }),
  },
  'trailing-dot': {
    group: 'names',
    what: 'The host with a dot at its end',
    wrong: 'A dNSName has no dot at its end',
    refuse: 'Every client that checks names (RFC 5280 section 4.2.1.6: preferred name syntax)',
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [], altNames: dns(`${c.host}.`) }),
  },
  'nul-in-san': {
    group: 'names',
    what: 'A dNSName that reads as the host to whoever stops at a NUL byte: `board.test\\0.evil.test`',
    wrong: 'It is a name under evil.test',
    refuse: 'Every client that checks names: the whole value counts (CVE-2009-2408 is the history)',
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [], altNames: dns(`${c.host}<NUL>.evil.test`), bends: ['nul-in-names'] }),
  },
  'nul-in-cn': {
    group: 'names',
    what: 'A CN that reads as the host to whoever stops at a NUL byte, and no subjectAltName',
    wrong: 'It is a name under evil.test',
    refuse: 'Every client that checks names: the whole value counts (CVE-2009-2408 is the history)',
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [['CN', `${c.host}<NUL>.evil.test`]], altNames: null, bends: ['nul-in-names'] }),
  },
  idn: {
    group: 'names',
    what: 'An internationalised name as A-label',
    wrong: null,
    refuse: null,
    host: 'xn--bcher-kva.test',
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'The client must ask for the A-label too: xn--bcher-kva.test is bücher.test.',
    recipe: (c) => c.direct({ subject: [] }),
  },
  'idn-in-utf8': {
    group: 'names',
    what: 'An internationalised name in UTF-8 where the A-label belongs',
    wrong: 'dNSName is an IA5String',
    refuse: 'Every client that checks names (RFC 9525 section 6.3, RFC 5280 section 7.2)',
    host: 'xn--bcher-kva.test',
    openssl: { verify: 62 },
    mbedtls: { accepts: false, flags: ['CN_MISMATCH'] },
    recipe: (c) => c.direct({ subject: [], altNames: dns('b<U+FC>cher.test'), bends: ['utf8-in-names'] }),
  },
  'many-names': {
    group: 'names',
    what: 'A thousand names, the host the last',
    wrong: null,
    refuse: null,
    openssl: { verify: 0 },
    mbedtls: { accepts: true },
    note: 'About 11 KB in one certificate: it fits into one record, but not into the heap of every board.',
    recipe: (c) => c.direct({ altNames: dns(...Array.from({ length: 999 }, (_, n) => `n${n}.test`), c.host) }),
  },
};
