import type { SourceLine } from '../source-line.ts';
import type { UpstreamReport } from './upstream-report.ts';

const tls = (lines: string, what: string, at = 'v1.26.1'): SourceLine => ({
  repository: 'micropython/micropython',
  at,
  path: at < 'v1.23' ? 'extmod/modssl_mbedtls.c' : 'extmod/modtls_mbedtls.c',
  lines,
  what,
});
/** The frozen module `ssl` of v1.26.1. */
const ssl = (lines: string, what: string): SourceLine => ({
  repository: 'micropython/micropython-lib',
  at: '34c4ee1647ac4b177ae40adf0ec514660e433dc0',
  path: 'python-stdlib/ssl/ssl.py',
  lines,
  what,
});

const SERVER = 'openssl s_server -accept 8443 -cert cert.pem -key key.pem';
const setblocking = tls('822-829', 'loads a method of `o->sock`, which is MP_OBJ_NULL after a close');

/** In the order of the findings. */
export const UPSTREAM_REPORTS: readonly UpstreamReport[] = [
  {
    finding: 'nothing-validated-by-default',
    peer: { role: 'server', profile: 'self-signed', byHand: `${SERVER} (any self-signed certificate)` },
    sign: { prints: 'connected' },
    sources: [
      ssl('49', 'the default of `cert_reqs` is CERT_NONE'),
      ssl('8', '`SSLContext` sets CERT_NONE, although `tls.SSLContext` starts with CERT_REQUIRED'),
      tls('319-323', 'the default of `tls.SSLContext`: CERT_REQUIRED for a client'),
    ],
    proposal:
      'Keep the default of `tls.SSLContext` in the frozen `ssl` module when `cadata` is given, and say in the first ' +
      'paragraph of the `ssl` documentation that without `cert_reqs` nothing is validated.',
    reported: [9071],
  },
  {
    finding: 'optional-validates-nothing',
    peer: {
      role: 'server',
      profile: 'good',
      strangerTrusted: true,
      byHand: `${SERVER} (signed by another root than cadata)`,
    },
    sign: { prints: 'connected' },
    sources: [tls('366-368', 'hands CERT_OPTIONAL to mbedTLS; nothing asks for the result of the verification later')],
    proposal:
      'For a client, raise ValueError when `verify_mode` is CERT_OPTIONAL, or treat it as CERT_REQUIRED, as CPython does.',
    reported: [],
  },
  {
    finding: 'hostname-bypass',
    peer: { role: 'server', profile: 'wrong-host', byHand: `${SERVER} (for another host, signed by cadata)` },
    sign: { prints: 'connected' },
    sources: [tls('661', 'asks for `server_hostname` only when `server_side` is false, whatever the context is for')],
    proposal:
      'Decide by the endpoint of the context (`conf.endpoint == MBEDTLS_SSL_IS_CLIENT`), not by the argument ' +
      '`server_side`; raise ValueError when the two disagree.',
    reported: [],
  },
  {
    finding: 'dates-unchecked',
    peer: { role: 'server', profile: 'expired', byHand: `${SERVER} (expired, signed by cadata)` },
    sign: { prints: 'connected' },
    sources: [
      {
        repository: 'micropython/micropython',
        at: '30b0ee34d3',
        path: 'ports/esp32/boards/sdkconfig.base',
        lines: '62',
        what: 'the commit that sets CONFIG_MBEDTLS_HAVE_TIME_DATE; firmware before it has no dates to check',
      },
    ],
    proposal: 'Fixed in 1.22. Releases before it deserve a note: CERT_REQUIRED does not look at dates there.',
    reported: [],
  },
  {
    finding: 'name-unchecked-without-hostname',
    peer: { role: 'server', profile: 'wrong-host', byHand: `${SERVER} (for another host, signed by cadata)` },
    sign: { prints: 'connected' },
    sources: [tls('379-380', 'without `server_hostname` no name is set, and mbedTLS checks none', 'v1.21.0')],
    proposal: 'Fixed in 1.22, which raises "CERT_REQUIRED requires server_hostname".',
    reported: [],
  },
  {
    finding: 'verify-callback-ignored',
    peer: { role: 'server', profile: 'good', byHand: `${SERVER} (signed by cadata)` },
    sign: { prints: 'connected, although' },
    sources: [ssl('5-16', 'no property `verify_callback`: the assignment makes a plain attribute that nothing reads')],
    proposal:
      'Add the properties `verify_callback` and `check_hostname` to the frozen `SSLContext`, or `__slots__`-like ' +
      'behaviour: an attribute that has no effect raises AttributeError.',
    reported: [],
  },
  {
    finding: 'truncation-invisible',
    peer: {
      role: 'server',
      profile: 'good',
      faults: ['no-close-notify'],
      application: { respond: 'half of an answer', when: 'GET' },
      byHand: `${SERVER}, then \`kill -9\` it in the middle of an answer`,
    },
    sign: { prints: 'no exception' },
    sources: [tls('758-761', 'mbedtls_ssl_read gives 0 for a bare TCP FIN, which is taken for the end of the stream')],
    proposal:
      'Raise OSError when the transport ended and no close_notify was received (mbedTLS: MBEDTLS_ERR_SSL_CONN_EOF); ' +
      'an argument such as CPython’s `suppress_ragged_eofs` keeps the old way.',
    reported: [],
  },
  {
    finding: 'empty-identity-taken-as-none',
    peer: { role: 'client', byHand: 'openssl s_client -connect BOARD:8443' },
    sign: { prints: 'no error before the first client came' },
    sources: [ssl('55-56', '`if cert or key` takes an empty file for a missing argument')],
    proposal: 'Write `if cert is not None or key is not None`: mbedTLS then refuses the empty key at once.',
    reported: [],
  },
  {
    finding: 'clock-of-2000',
    peer: { role: 'server', profile: 'good', byHand: `${SERVER} (valid today, signed by cadata)` },
    sign: { prints: 'a good certificate was refused' },
    sources: [tls('707-713', 'the error names the certificate ("starts in the future"), not the clock')],
    proposal:
      'When the year is 2000 and the flag is MBEDTLS_X509_BADCERT_FUTURE, say "is the clock set?" in the message; ' +
      'mention ntptime.settime() beside CERT_REQUIRED in the documentation.',
    reported: [],
  },
  {
    finding: 'no-close-notify-sent',
    peer: { role: 'server', profile: 'good', byHand: `${SERVER} -msg (look for the alert close_notify)` },
    sign: { closeNotify: false },
    sources: [tls('838-847', 'frees the TLS state without mbedtls_ssl_close_notify')],
    proposal: 'Call mbedtls_ssl_close_notify once, without waiting for an answer, before mbedtls_ssl_free.',
    reported: [10783],
  },
  {
    finding: 'timeout-kills-the-connection',
    peer: { role: 'server', profile: 'good', byHand: `${SERVER} (say nothing for a second)` },
    sign: { prints: 'the connection is dead for good' },
    sources: [
      tls('782-784', 'keeps every other error than WANT_READ and WANT_WRITE, a time-out of the socket too'),
      tls('750-753', 'raises it again at each later call'),
    ],
    proposal: 'Keep only errors after which mbedTLS cannot go on; ETIMEDOUT of the socket below is not one of them.',
    reported: [],
  },
  {
    finding: 'cafile-wins',
    peer: { role: 'server', profile: 'good', byHand: `${SERVER} (signed by CA)` },
    sign: { prints: 'connected, although' },
    sources: [ssl('27-31', 'what `cafile` holds takes the place of `cadata`')],
    proposal: 'Raise ValueError when both are given, as the documentation asks for one of them, or load both.',
    reported: [],
  },
  {
    finding: 'get-ciphers-shows-all',
    peer: { role: 'server', profile: 'good', byHand: 'none is needed' },
    sign: { prints: 'still' },
    sources: [tls('401-408', 'lists mbedtls_ssl_list_ciphersuites(), the ciphers of the build')],
    proposal: 'When `self->ciphersuites` is set, list those: the documentation says "enabled ciphers".',
    reported: [],
  },
  {
    finding: 'crash-cipher-before-handshake',
    peer: { role: 'server', profile: 'good', byHand: SERVER },
    sign: { crashes: true },
    sources: [tls('735-740', 'mbedtls_ssl_get_ciphersuite gives NULL before the handshake; strlen(NULL) follows')],
    proposal: 'Return None when mbedtls_ssl_get_ciphersuite gives NULL, as CPython does.',
    reported: [],
  },
  {
    finding: 'crash-setblocking-after-close',
    peer: { role: 'server', profile: 'good', byHand: SERVER },
    sign: { crashes: true },
    sources: [setblocking, tls('846', 'close() sets `sock` to MP_OBJ_NULL')],
    proposal: 'Raise OSError(EBADF) in socket_setblocking when `o->sock` is MP_OBJ_NULL.',
    reported: [17719],
  },
  {
    finding: 'crash-setblocking-after-failed-handshake',
    peer: {
      role: 'server',
      profile: 'good',
      faults: ['http-answer'],
      byHand: 'python3 -m http.server 8443 (it answers the ClientHello in plain HTTP)',
    },
    sign: { crashes: true },
    sources: [setblocking, tls('248', 'a failed deferred handshake sets `sock` to MP_OBJ_NULL, too')],
    proposal: 'The same check in socket_setblocking; a peer must not be able to set this trap.',
    reported: [17719],
  },
];
