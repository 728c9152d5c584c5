import { DATA_FAULTS, REQUIRED } from './case-groups.ts';
import type { Mutant, MutantKind } from './mutant.ts';

const rows = (
  kind: MutantKind,
  list: readonly (readonly [string, string, string, readonly string[], readonly string[]])[],
) => list.map(([name, does, c, cases, named]): Mutant => ({ name, kind, does, change: { c }, cases, named }));

const CONTENT = ['stream/*', 'server/content/*'];

/** A byte that is read, at this place of its connection, is another one. */
const readFlip = (at: number): string => `
static void *of; static size_t done;
int mbedtls_ssl_read(void *ssl, unsigned char *to, size_t n) {
    if (ssl != of) { of = ssl; done = 0; }
    int r = NEXT(mbedtls_ssl_read)(ssl, to, n);
    if (r > 0) { if (done <= ${at} && done + r > ${at}) { hit(); to[${at} - done] ^= 1; } done += r; }
    return r;
}`;

const writeFlip = (at: number): string => `
static void *of; static size_t done;
int mbedtls_ssl_write(void *ssl, const unsigned char *from, size_t n) {
    static unsigned char copy[65536];
    if (ssl != of) { of = ssl; done = 0; }
    if (n <= sizeof copy && done <= ${at} && done + n > ${at}) { hit(); memcpy(copy, from, n); copy[${at} - done] ^= 1; from = copy; }
    int r = NEXT(mbedtls_ssl_write)(ssl, from, n);
    if (r > 0) done += r;
    return r;
}`;

const readResult = (from: number, to: number): string => `
int mbedtls_ssl_read(void *ssl, unsigned char *b, size_t n) {
    int r = NEXT(mbedtls_ssl_read)(ssl, b, n);
    if (r == ${from}) { hit(); return ${to}; }
    return r;
}`;

const DATA = rows('data', [
  [
    'read-flip-4096',
    'byte 4,096 of what is read is changed',
    readFlip(4_096),
    CONTENT,
    ['*/carries-data', 'stream/content/*'],
  ],
  [
    'read-flip-16384',
    'byte 16,384 of what is read is changed',
    readFlip(16_384),
    CONTENT,
    ['*/carries-data', 'stream/content/*'],
  ],
  [
    'read-flip-70000',
    'a byte behind 64 KiB of what is read is changed',
    readFlip(70_000),
    CONTENT,
    ['*/carries-data', 'stream/content/*'],
  ],
  [
    'write-flip-4096',
    'byte 4,096 of what is written is changed',
    writeFlip(4_096),
    CONTENT,
    ['*/carries-data', 'stream/content/*'],
  ],
  [
    'write-flip-70000',
    'a byte behind 64 KiB of what is written is changed',
    writeFlip(70_000),
    CONTENT,
    ['*/carries-data', 'stream/content/*'],
  ],
  [
    'write-loses-the-last',
    'the last byte of a long write is not sent',
    `
int mbedtls_ssl_write(void *ssl, const unsigned char *from, size_t n) {
    if (n > 1000) { hit(); int r = NEXT(mbedtls_ssl_write)(ssl, from, n - 1); return r == (int)n - 1 ? (int)n : r; }
    return NEXT(mbedtls_ssl_write)(ssl, from, n);
}`,
    CONTENT,
    ['*/carries-data', 'stream/content/*', 'stream/write-20000'],
  ],
  [
    'write-twice',
    'a long write is sent twice',
    `
int mbedtls_ssl_write(void *ssl, const unsigned char *from, size_t n) {
    int r = NEXT(mbedtls_ssl_write)(ssl, from, n);
    if (r > 1000) { hit(); NEXT(mbedtls_ssl_write)(ssl, from, r); }
    return r;
}`,
    CONTENT,
    ['*/carries-data', 'stream/content/*', 'stream/write-20000'],
  ],
  [
    'read-ends-early',
    'after 50,000 bytes the stream ends',
    `
static void *of; static size_t done;
int mbedtls_ssl_read(void *ssl, unsigned char *to, size_t n) {
    if (ssl != of) { of = ssl; done = 0; }
    if (done > 50000) { hit(); return 0; }
    int r = NEXT(mbedtls_ssl_read)(ssl, to, n);
    if (r > 0) done += r;
    return r;
}`,
    CONTENT,
    ['*/carries-data', 'stream/content/*', 'stream/read-60000'],
  ],
  [
    'small-records',
    'a record carries at most 1,024 bytes',
    `
int mbedtls_ssl_write(void *ssl, const unsigned char *from, size_t n) { if (n > 1024) { hit(); n = 1024; } return NEXT(mbedtls_ssl_write)(ssl, from, n); }`,
    ['stream/*'],
    ['stream/record-size', 'stream/content/*', '*/carries-data'],
  ],
  [
    'bad-records-passed-over',
    'a record that does not verify is waited past',
    readResult(-0x7180, -0x6900),
    [...DATA_FAULTS],
    ['*/encryption', 'fault/*'],
  ],
]);

const END_IS_AN_ERROR = `
int mbedtls_ssl_read(void *ssl, unsigned char *b, size_t n) {
    int r = NEXT(mbedtls_ssl_read)(ssl, b, n);
    if (n > 0 && (r == 0 || r == -0x7880)) { hit(); return -0x7200; }
    return r;
}`;

const CLOSING = rows('closing', [
  [
    'end-is-an-error',
    'a proper end raises',
    END_IS_AN_ERROR,
    ['stream/*', 'fault/no-close-notify'],
    ['stream/peer-closes-cleanly', 'stream/read-to-the-end', 'stream/short-read-then-end'],
  ],
  [
    'close-notify-too-late',
    'close() sends close_notify when the socket is gone',
    `
extern int mbedtls_ssl_close_notify(void *ssl);
void mbedtls_ssl_free(void *ssl) { if (ssl && *(void **)ssl) { hit(); NEXT(mbedtls_ssl_close_notify)(ssl); } NEXT(mbedtls_ssl_free)(ssl); }`,
    ['close/*', 'server/close-notify'],
    ['close/close-notify', 'server/close-notify', 'no-close-notify-sent'],
  ],
  [
    'alerts-not-sent',
    'no alert leaves the board',
    `
int mbedtls_ssl_send_alert_message(void *ssl, unsigned char level, unsigned char message) { hit(); return 0; }`,
    [...REQUIRED, ...DATA_FAULTS],
    ['client/required/*', 'fault/*'],
  ],
  [
    'one-alert-for-all',
    'every alert is internal_error',
    `
int mbedtls_ssl_send_alert_message(void *ssl, unsigned char level, unsigned char message) { hit(); return NEXT(mbedtls_ssl_send_alert_message)(ssl, level, 80); }`,
    [...REQUIRED, ...DATA_FAULTS],
    ['client/required/*', 'fault/*'],
  ],
  [
    'sockets-stay-open',
    'close() does not close the connection',
    `
int close(int fd) { struct sockaddr_in a; socklen_t n = sizeof a; if (board && getpeername(fd, (struct sockaddr *)&a, &n) == 0 && a.sin_family == AF_INET) { hit(); return 0; } return NEXT(close)(fd); }`,
    ['close/*', 'memory/level/*', 'stream/echo'],
    ['memory/level/*', 'close/*'],
  ],
]);

const WAITING = rows('waiting', [
  [
    'pending-is-none',
    'poll does not know of what is decrypted already',
    `
int mbedtls_ssl_check_pending(const void *ssl) { hit(); return 0; }`,
    ['poll/*'],
    ['poll/*'],
  ],
  [
    'pending-is-always',
    'poll says that there is something to read',
    `
int mbedtls_ssl_check_pending(const void *ssl) { hit(); return 1; }`,
    ['poll/*'],
    ['poll/*'],
  ],
  [
    'always-blocks',
    'setblocking(False) does nothing',
    `
int fcntl64(int fd, int cmd, ...) { va_list l; va_start(l, cmd); long arg = va_arg(l, long); va_end(l); if (board && cmd == F_SETFL && (arg & O_NONBLOCK)) { hit(); arg &= ~O_NONBLOCK; } return NEXT(fcntl64)(fd, cmd, arg); }
int fcntl(int fd, int cmd, ...) { va_list l; va_start(l, cmd); long arg = va_arg(l, long); va_end(l); return fcntl64(fd, cmd, arg); }`,
    ['handshake/*', 'poll/*', 'timeout/*'],
    ['handshake/*', '*/setblocking'],
  ],
  [
    'deaf-to-ctrl-c',
    'Ctrl-C does not end a read',
    `
ssize_t recv(int fd, void *b, size_t n, int f) { for (;;) { ssize_t r = NEXT(recv)(fd, b, n, f); if (r < 0 && errno == EINTR) { hit(); continue; } return r; } }
ssize_t read(int fd, void *b, size_t n) { for (;;) { ssize_t r = NEXT(read)(fd, b, n); if (r < 0 && errno == EINTR && fd > 4) { hit(); continue; } return r; } }`,
    ['handshake/silent-peer-ctrl-c'],
    ['handshake/silent-peer-ctrl-c'],
  ],
  [
    'timeouts-doubled',
    'a time-out is ten times as long',
    `
int setsockopt(int fd, int level, int name, const void *value, socklen_t n) { if (board && level == SOL_SOCKET && (name == SO_RCVTIMEO || name == SO_SNDTIMEO)) { hit(); struct timeval t = *(const struct timeval *)value; t.tv_sec = t.tv_sec * 10 + t.tv_usec / 100000; t.tv_usec = t.tv_usec % 100000 * 10; return NEXT(setsockopt)(fd, level, name, &t, n); } return NEXT(setsockopt)(fd, level, name, value, n); }`,
    ['timeout/*', 'server/half-open'],
    ['timeout/*', 'server/half-open'],
  ],
]);

/** A block that is written and never freed; where the compiler sees that nobody looks at it, it leaves it out. */
const KEEP = `
static void *volatile kept;
static void keep(size_t n) { kept = malloc(n); if (kept) memset((void *)kept, 1, n); }`;

const MEMORY = rows('memory', [
  [
    'leak-20-kib',
    'each connection leaves 20 KiB of C heap behind',
    `${KEEP}
int mbedtls_ssl_setup(void *ssl, const void *conf) { hit(); keep(20480); return NEXT(mbedtls_ssl_setup)(ssl, conf); }`,
    ['memory/*'],
    ['memory/level/*'],
  ],
  [
    'leak-8-kib',
    'each connection leaves 8 KiB of C heap behind',
    `${KEEP}
int mbedtls_ssl_setup(void *ssl, const void *conf) { hit(); keep(8192); return NEXT(mbedtls_ssl_setup)(ssl, conf); }`,
    ['memory/*'],
    ['memory/level/*'],
  ],
  [
    'leak-of-failures',
    'a handshake that fails leaves 30 KiB behind',
    `${KEEP}
int mbedtls_ssl_handshake(void *ssl) { int r = NEXT(mbedtls_ssl_handshake)(ssl); if (r != 0 && r != -0x6900 && r != -0x6880) { hit(); keep(30720); } return r; }`,
    ['memory/*'],
    ['memory/level/failed'],
  ],
  [
    'third-fails',
    'the third connection of a board is refused',
    `
static int live;
int mbedtls_ssl_setup(void *ssl, const void *conf) { if (live >= 2) { hit(); return -0x7100; } live++; return NEXT(mbedtls_ssl_setup)(ssl, conf); }
void mbedtls_ssl_free(void *ssl) { if (ssl && *(void **)ssl) live--; NEXT(mbedtls_ssl_free)(ssl); }`,
    ['client/three-live', 'server/three-live', 'stream/echo'],
    ['client/three-live', 'server/three-live'],
  ],
  [
    'eleventh-fails',
    'after ten connections there is no memory',
    `
int mbedtls_ssl_setup(void *ssl, const void *conf) { static int n; if (++n > 10) { hit(); return -0x7f00; } return NEXT(mbedtls_ssl_setup)(ssl, conf); }`,
    ['memory/*'],
    ['memory/*'],
  ],
]);

const CRASH = rows('crash', [
  [
    'crash-now-and-then',
    'one handshake in ten kills the board',
    `
#include <time.h>
int mbedtls_ssl_handshake(void *ssl) {
    static void *last;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (ssl != last && now.tv_nsec / 1000 % 10 == 0) { hit(); raise(SIGSEGV); }
    last = ssl;
    return NEXT(mbedtls_ssl_handshake)(ssl);
}`,
    REQUIRED,
    ['intermittent'],
  ],
  [
    'crash-on-bad-certificate',
    'a certificate that does not verify kills the board',
    `
int mbedtls_x509_crt_verify_restartable(void *crt, void *ca, void *crl, const void *profile, const char *name, unsigned *flags, void *f, void *p, void *r) {
    int result = NEXT(mbedtls_x509_crt_verify_restartable)(crt, ca, crl, profile, name, flags, f, p, r);
    if (result == -0x2700) { hit(); raise(SIGSEGV); }
    return result;
}`,
    REQUIRED,
    ['*/required-*'],
  ],
  [
    'crash-on-pem',
    'PEM kills the board',
    `
int mbedtls_x509_crt_parse(void *crt, const unsigned char *b, size_t n) { if (n > 10 && memcmp(b, "-----BEGIN", 10) == 0) { hit(); raise(SIGSEGV); } return NEXT(mbedtls_x509_crt_parse)(crt, b, n); }`,
    ['client/cadata/*', 'server/identity/pem*'],
    ['*pem*'],
  ],
  [
    'crash-on-alert',
    'a fatal alert of the peer kills the board',
    `
int mbedtls_ssl_handshake(void *ssl) { int r = NEXT(mbedtls_ssl_handshake)(ssl); if (r == -0x7780) { hit(); raise(SIGSEGV); } return r; }`,
    ['fault/fatal-alert*', 'client/version/*', 'client/suite/*'],
    ['*'],
  ],
  [
    'crash-on-close',
    'close() kills the board',
    `
void mbedtls_ssl_free(void *ssl) { if (ssl && *(void **)ssl) { hit(); raise(SIGSEGV); } NEXT(mbedtls_ssl_free)(ssl); }`,
    ['close/*', 'stream/echo', 'method/*'],
    ['close/*', 'method/*', 'stream/echo', 'Finding out wrap_socket with do_handshake=False and close()*'],
  ],
]);

const SOCKETS = rows('sockets', [
  [
    'listen-dead',
    'the board listens and nobody gets through',
    `
int listen(int fd, int n) { hit(); return 0; }`,
    ['server/identity/der', 'server/identity/rsa-der', 'server/read-and-answer', 'server/context/bytes'],
    ['*/server-side*', 'server/identity/der'],
  ],
  [
    'wire-flip',
    'a byte of a long record is changed on its way',
    `
ssize_t send(int fd, const void *b, size_t n, int f) { static unsigned char copy[70000]; if (board && n > 1000 && n < sizeof copy) { hit(); memcpy(copy, b, n); copy[n / 2] ^= 1; b = copy; } return NEXT(send)(fd, b, n, f); }
ssize_t write(int fd, const void *b, size_t n) { static unsigned char copy[70000]; struct sockaddr_in a; socklen_t l = sizeof a; if (board && n > 1000 && n < sizeof copy && getpeername(fd, (struct sockaddr *)&a, &l) == 0 && a.sin_family == AF_INET) { hit(); memcpy(copy, b, n); copy[n / 2] ^= 1; b = copy; } return NEXT(write)(fd, b, n); }`,
    ['stream/content/*', 'stream/write-20000'],
    ['*/carries-data', 'stream/content/write'],
  ],
]);

const LINE: readonly Mutant[] = [
  ...rows('line', [
    [
      'prints-while-wrapping',
      'the TLS library prints on the console',
      `
int mbedtls_ssl_handshake(void *ssl) { hit(); const char t[] = "tls: handshake\\n"; NEXT(write)(1, t, sizeof t - 1); return NEXT(mbedtls_ssl_handshake)(ssl); }`,
      ['stream/prints-nothing', 'stream/echo', 'handshake/*'],
      ['stream/prints-nothing'],
    ],
  ]),
  {
    name: 'line-loses-bytes',
    kind: 'line',
    does: 'every 4,000th byte from the board is lost',
    change: {
      c: `
ssize_t write(int fd, const void *b, size_t n) { static size_t sent; if (board && fd == 1 && n > 1) { size_t before = sent; sent += n; if (before / 4000 != sent / 4000) { hit(); NEXT(write)(fd, b, n - 1); return (ssize_t)n; } } return NEXT(write)(fd, b, n); }`,
    },
    cases: ['stream/*', 'module/*', 'context/*'],
    named: ['*'],
    class: 'link',
  },
];

/** Every mutant of the traffic: data, closing, waiting, memory, sockets, and the line. */
export const TRAFFIC_MUTANTS: readonly Mutant[] = [
  ...DATA,
  ...CLOSING,
  ...WAITING,
  ...MEMORY,
  ...CRASH,
  ...SOCKETS,
  ...LINE,
];
