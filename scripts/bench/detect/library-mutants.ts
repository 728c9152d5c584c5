import { DEFAULTS, OPTIONAL, REQUIRED } from './case-groups.ts';
import type { Mutant, MutantKind } from './mutant.ts';

/** Ends the verification of a chain with some of its flags taken away (bits of `x509.h`). */
const without = (flags: number): string => `
int mbedtls_x509_crt_verify_restartable(void *crt, void *ca, void *crl, const void *profile, const char *name,
                                        unsigned *flags, void *f, void *p, void *r) {
    int result = NEXT(mbedtls_x509_crt_verify_restartable)(crt, ca, crl, profile, name, flags, f, p, r);
    if (*flags & ${flags}u) { hit(); *flags &= ~${flags}u; }
    return *flags == 0 ? 0 : result;
}`;

/** The first argument of `mbedtls_ssl_conf_authmode` that follows is another one. */
const authmode = (expression: string): string => `
void mbedtls_ssl_conf_authmode(void *conf, int mode) {
    int other = ${expression};
    if (other != mode) hit();
    NEXT(mbedtls_ssl_conf_authmode)(conf, other);
}`;

const rows = (
  kind: MutantKind,
  list: readonly (readonly [string, string, string, readonly string[], readonly string[]])[],
) => list.map(([name, does, c, cases, named]): Mutant => ({ name, kind, does, change: { c }, cases, named }));

const inLibrary = (library: string): string => `is_from(__builtin_return_address(0), "${library}")`;

const signature = (library: string): string => `
int mbedtls_pk_verify_restartable(void *pk, int md, const unsigned char *hash, size_t n, const unsigned char *s, size_t m, void *r) {
    int result = NEXT(mbedtls_pk_verify_restartable)(pk, md, hash, n, s, m, r);
    if (result != 0 && ${inLibrary(library)}) { hit(); return 0; }
    return result;
}
int mbedtls_pk_verify_ext(int type, const void *o, void *pk, int md, const unsigned char *hash, size_t n, const unsigned char *s, size_t m) {
    int result = NEXT(mbedtls_pk_verify_ext)(type, o, pk, md, hash, n, s, m);
    if (result != 0 && ${inLibrary(library)}) { hit(); return 0; }
    return result;
}
int mbedtls_pk_verify(void *pk, int md, const unsigned char *hash, size_t n, const unsigned char *s, size_t m) {
    int result = NEXT(mbedtls_pk_verify)(pk, md, hash, n, s, m);
    if (result != 0 && ${inLibrary(library)}) { hit(); return 0; }
    return result;
}`;

/** Whether a certificate is for a server or for a client, and what its key may do. */
const USAGE = `
int mbedtls_x509_crt_check_key_usage(const void *crt, unsigned usage) { if (NEXT(mbedtls_x509_crt_check_key_usage)(crt, usage) != 0) hit(); return 0; }
int mbedtls_x509_crt_check_extended_key_usage(const void *crt, const char *oid, size_t n) { if (NEXT(mbedtls_x509_crt_check_extended_key_usage)(crt, oid, n) != 0) hit(); return 0; }`;

const VALIDATION = rows('validation', [
  ['required-is-none', 'CERT_REQUIRED validates nothing', authmode('mode == 2 ? 0 : mode'), REQUIRED, ['*/required-*']],
  [
    'required-is-optional',
    'CERT_REQUIRED goes on whatever the result',
    authmode('mode == 2 ? 1 : mode'),
    REQUIRED,
    ['*/required-*'],
  ],
  [
    'none-is-required',
    'CERT_NONE validates',
    authmode('mode == 0 ? 2 : mode'),
    DEFAULTS,
    ['*/default-none', '*/none*'],
  ],
  ['optional-is-required', 'CERT_OPTIONAL validates', authmode('mode == 1 ? 2 : mode'), OPTIONAL, ['*/optional*']],
  [
    'expired-passes',
    'an expired certificate passes',
    without(0x01),
    REQUIRED,
    ['*/required-dates', 'client/required/expired', 'dates-unchecked'],
  ],
  [
    'future-passes',
    'a certificate of tomorrow passes',
    without(0x200),
    [...REQUIRED, 'client/clock/*'],
    ['*/required-dates', 'client/required/not-yet-valid'],
  ],
  ['any-name', 'every name fits', without(0x04), REQUIRED, ['*/required-name', '*/hostname*', 'client/name/*']],
  [
    'any-issuer',
    'an unknown authority passes',
    without(0x08),
    REQUIRED,
    ['*/required-chain', 'client/required/untrusted-ca'],
  ],
  [
    'weak-passes',
    'weak digests and keys pass',
    without(0x4000 | 0x8000 | 0x10000),
    [...REQUIRED, 'client/required/*sha1*', 'client/required/*md5*', 'client/required/rsa-1024*'],
    ['client/required/sha1*', 'client/required/rsa-1024*', 'client/required/md5*'],
  ],
  [
    'usage-unchecked',
    'key usage is not looked at',
    USAGE,
    [...REQUIRED, 'client/required/*eku*', 'client/required/*usage*', 'mutual/server/required-server-eku*'],
    ['client/required/*eku*', 'client/required/*usage*', 'mutual/*eku*'],
  ],
  [
    'everything-refused',
    'a good certificate is refused',
    `
int mbedtls_x509_crt_verify_restartable(void *crt, void *ca, void *crl, const void *profile, const char *name,
                                        unsigned *flags, void *f, void *p, void *r) {
    hit(); *flags = 8; return -0x2700;
}`,
    REQUIRED,
    ['*/required-accepts-good', '*/hostname-*'],
  ],
  [
    'anchors-ignored',
    'trust anchors are not used',
    `
void mbedtls_ssl_conf_ca_chain(void *conf, void *ca, void *crl) { hit(); }`,
    ['client/required/good*', 'client/cadata/*', 'client/context/required-*'],
    ['*/required-accepts-good', '*/cadata*'],
  ],
  [
    'peer-signature-unchecked',
    'who signs with another key is believed',
    signature('libmbedtls'),
    ['*forged-signature*'],
    ['*/peer-authentication*', '*forged-signature*'],
  ],
  [
    'issuer-signature-unchecked',
    'the signature on a certificate is not verified',
    signature('libmbedx509'),
    [...REQUIRED, 'client/required/*signature*'],
    ['client/required/*'],
  ],
  [
    'clock-of-2000',
    'the clock stands in the year 2000',
    `
long time(long *at) { hit(); long t = 946684800; if (at) *at = t; return t; }`,
    ['client/required/good*', 'client/clock/*', 'client/name/right'],
    ['*/required-accepts-good', 'client/required/good'],
  ],
]);

const NAMES = rows('names', [
  [
    'hostname-dropped',
    'server_hostname is not passed on',
    `
int mbedtls_ssl_set_hostname(void *ssl, const char *name) { hit(); return 0; }`,
    ['client/sni/*', 'client/virtual-host/*', 'client/name/*'],
    ['*/sni', '*/virtual-hosts', 'client/sni/name'],
  ],
  [
    'hostname-of-another',
    'another name is sent',
    `
int mbedtls_ssl_set_hostname(void *ssl, const char *name) { hit(); return NEXT(mbedtls_ssl_set_hostname)(ssl, "other.example"); }`,
    ['client/sni/*', 'client/name/*'],
    ['*/sni', 'client/sni/name'],
  ],
  [
    'hostname-cut',
    'a name is cut after 8 characters',
    `
int mbedtls_ssl_set_hostname(void *ssl, const char *name) {
    static char cut[9];
    if (name && strlen(name) > 8) { hit(); memcpy(cut, name, 8); return NEXT(mbedtls_ssl_set_hostname)(ssl, cut); }
    return NEXT(mbedtls_ssl_set_hostname)(ssl, name);
}`,
    ['client/sni/*', 'client/name/*'],
    ['*/sni', 'client/sni/name'],
  ],
  [
    'hostname-lower-case',
    'a name is sent in lower case',
    `
int mbedtls_ssl_set_hostname(void *ssl, const char *name) {
    static char low[512];
    size_t n = 0;
    for (; name && name[n] && n < 511; n++) { low[n] = name[n] >= 'A' && name[n] <= 'Z' ? name[n] + 32 : name[n]; if (low[n] != name[n]) hit(); }
    low[n] = 0;
    return NEXT(mbedtls_ssl_set_hostname)(ssl, name ? low : name);
}`,
    ['client/sni/*'],
    ['client/sni/upper-case'],
  ],
]);

/** Versions stand first in `mbedtls_ssl_config` (3.x): the newest, then the oldest. */
const versions = (index: number, value: number): string => `
int mbedtls_ssl_config_defaults(void *conf, int endpoint, int transport, int preset) {
    int result = NEXT(mbedtls_ssl_config_defaults)(conf, endpoint, transport, preset);
    if (transport == 0) { hit(); ((int *)conf)[${index}] = ${value}; }
    return result;
}`;

const suites = (keep: string): string => `
const int *mbedtls_ssl_list_ciphersuites(void) {
    static int list[400];
    const int *all = NEXT(mbedtls_ssl_list_ciphersuites)();
    int n = 0;
    for (int i = 0; all[i]; i++) { int s = all[i]; if (${keep}) list[n++] = s; else hit(); }
    list[n] = 0;
    return list;
}`;

const NEGOTIATION = rows('negotiation', [
  [
    'no-tls13',
    'TLS 1.3 is gone',
    versions(0, 0x303),
    ['client/version/*', 'server/version/*', 'client/hello/*', 'client/suite/tls13-*'],
    ['client/version/*', 'client/hello/offers', 'server/version/*'],
  ],
  [
    'no-tls12',
    'TLS 1.2 is gone',
    versions(1, 0x304),
    ['client/version/*', 'server/version/*', '*hello/*', 'server/suite/*', 'server/identity/*'],
    ['client/version/*', 'client/hello/offers', 'server/version/*'],
  ],
  [
    'no-chacha20',
    'no suite with ChaCha20',
    suites('!((s >= 0xcca8 && s <= 0xccae) || s == 0x1303)'),
    ['client/suite/*', 'server/suite/*', 'client/hello/offers'],
    ['client/suite/chacha20', 'client/hello/offers', '*/suite/*chacha20'],
  ],
  [
    'no-gcm',
    'no suite of TLS 1.2 with GCM',
    suites('!(s >= 0xc02b && s <= 0xc032)'),
    ['client/suite/*', 'server/suite/*', 'client/hello/offers', 'client/version/best'],
    ['client/hello/offers', '*/suite/*gcm'],
  ],
  [
    'suites-backwards',
    'the weakest suite is preferred',
    `
const int *mbedtls_ssl_list_ciphersuites(void) {
    static int list[400];
    const int *all = NEXT(mbedtls_ssl_list_ciphersuites)();
    int n = 0;
    while (all[n]) n++;
    for (int i = 0; i < n; i++) list[i] = all[n - 1 - i];
    list[n] = 0; hit();
    return list;
}`,
    ['client/hello/offers', 'server/version/best', 'client/version/best'],
    ['client/hello/offers', 'server/version/best'],
  ],
  [
    'set-ciphers-ignored',
    'set_ciphers does nothing',
    `
void mbedtls_ssl_conf_ciphersuites(void *conf, const int *list) { hit(); }`,
    ['client/*context/one-cipher', 'tls-context/set-ciphers*'],
    ['client/tls-context/one-cipher'],
  ],
  [
    'cipher-lies',
    'cipher() names another suite',
    `
const char *mbedtls_ssl_get_ciphersuite(const void *ssl) { hit(); return "TLS-NULL"; }
const char *mbedtls_ssl_get_ciphersuite_name(int id) { hit(); return "TLS-NULL"; }`,
    ['method/cipher', 'tls-context/get-ciphers*'],
    ['method/cipher'],
  ],
  [
    'version-lies',
    'cipher() names another version',
    `
const char *mbedtls_ssl_get_version(const void *ssl) { hit(); return "TLSv1.0"; }`,
    ['method/cipher'],
    ['method/cipher'],
  ],
  [
    'random-constant',
    'the random of a hello is the same each time',
    `
int mbedtls_ctr_drbg_random(void *state, unsigned char *to, size_t n) { hit(); memset(to, 0x42, n); return 0; }`,
    ['*hello/fresh', 'stream/echo'],
    ['*/encryption-keys', '*hello/fresh'],
  ],
  [
    'random-fails',
    'there are no random numbers',
    `
int mbedtls_ctr_drbg_random(void *state, unsigned char *to, size_t n) { hit(); return -0x34; }`,
    ['client/default/good', 'stream/echo', 'client/version/*'],
    ['*'],
  ],
]);

const HANDSHAKE = rows('handshake', [
  [
    'handshake-skipped',
    'wrap_socket returns before the handshake',
    `
static int first(void *ssl) { static void *seen[512]; static int n; for (int i = 0; i < n; i++) if (seen[i] == ssl) return 0; if (n < 512) seen[n++] = ssl; return 1; }
int mbedtls_ssl_handshake(void *ssl) { if (first(ssl)) { hit(); return 0; } return NEXT(mbedtls_ssl_handshake)(ssl); }`,
    ['handshake/*', 'client/required/untrusted-ca'],
    ['*/handshake-in-wrap', 'handshake/*', '*/deferred-by-true'],
  ],
  [
    'handshake-fails-sometimes',
    'every 7th handshake fails',
    `
int mbedtls_ssl_handshake(void *ssl) { static int n; if (++n % 7 == 0) { hit(); return -0x7080; } return NEXT(mbedtls_ssl_handshake)(ssl); }`,
    [...DEFAULTS, ...REQUIRED],
    ['intermittent'],
  ],
  [
    'handshake-fails-rarely',
    'every 20th handshake fails',
    `
int mbedtls_ssl_handshake(void *ssl) { static int n; if (++n % 20 == 0) { hit(); return -0x7080; } return NEXT(mbedtls_ssl_handshake)(ssl); }`,
    [...DEFAULTS, ...REQUIRED],
    ['intermittent'],
  ],
  [
    'handshake-fails',
    'every handshake fails',
    `
int mbedtls_ssl_handshake(void *ssl) { hit(); return -0x6c00; }`,
    [...DEFAULTS, 'stream/echo'],
    ['*/default-none', '*/only-sock-required'],
  ],
  [
    'handshake-slow',
    'every handshake takes 300 ms more',
    `
extern int usleep(unsigned);
int mbedtls_ssl_handshake(void *ssl) { hit(); usleep(300000); return NEXT(mbedtls_ssl_handshake)(ssl); }`,
    DEFAULTS,
    ['wrap'],
  ],
  [
    'server-mode-dead',
    'the server role does nothing',
    `
int mbedtls_ssl_conf_own_cert(void *conf, void *cert, void *key) { hit(); return 0; }`,
    ['server/identity/*', 'server/context/bytes', 'mutual/client/good*'],
    ['*/server-side*', 'server/identity/der', '*/client-proves-itself'],
  ],
  [
    'only-first-certificate',
    'of a chain only the leaf is read',
    `
int mbedtls_x509_crt_parse(void *crt, const unsigned char *buf, size_t n) {
    const char *end = n > 30 ? strstr((const char *)buf, "-----END CERTIFICATE-----") : NULL;
    if (end && strstr(end + 5, "-----BEGIN")) {
        static unsigned char copy[8192];
        size_t m = (size_t)(end - (const char *)buf) + 26;
        hit(); memcpy(copy, buf, m); copy[m] = 0;
        return NEXT(mbedtls_x509_crt_parse)(crt, copy, m + 1);
    }
    return NEXT(mbedtls_x509_crt_parse)(crt, buf, n);
}`,
    ['server/chain/*', 'client/cadata/*'],
    ['server/chain/*', 'client/cadata/pem-two-roots'],
  ],
  [
    'pem-lost',
    'PEM is not read',
    `
static int pem(const unsigned char *b, size_t n) { if (n > 10 && memcmp(b, "-----BEGIN", 10) == 0) { hit(); return 1; } return 0; }
int mbedtls_x509_crt_parse(void *crt, const unsigned char *b, size_t n) { return pem(b, n) ? -0x2180 : NEXT(mbedtls_x509_crt_parse)(crt, b, n); }
int mbedtls_pk_parse_key(void *pk, const unsigned char *b, size_t n, void *p, size_t m, void *f, void *g) { return pem(b, n) ? -0x3d00 : NEXT(mbedtls_pk_parse_key)(pk, b, n, p, m, f, g); }`,
    ['server/identity/*', 'client/cadata/*', 'server/context/pem-files'],
    ['*pem*'],
  ],
  [
    'junk-certificate-taken',
    'what is no certificate is taken without a word',
    `
int mbedtls_x509_crt_parse(void *crt, const unsigned char *b, size_t n) { int r = NEXT(mbedtls_x509_crt_parse)(crt, b, n); if (r != 0) hit(); return 0; }`,
    ['context/load-verify-*', 'client/cadata/*', 'signature/position/*', 'server/identity/*'],
    ['*load-verify*', 'client/cadata/*', '*positional', 'signature/position/*'],
  ],
  [
    'dtls-dead',
    'DTLS does not answer',
    `
void mbedtls_ssl_set_timer_cb(void *ssl, void *p, void *s, void *g) { hit(); }`,
    ['dtls/*'],
    ['*/dtls', 'dtls/*'],
  ],
]);

/** Every library mutant that changes how peers are known, named and agreed with. */
export const LIBRARY_MUTANTS: readonly Mutant[] = [...VALIDATION, ...NAMES, ...NEGOTIATION, ...HANDSHAKE];
