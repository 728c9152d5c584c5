import type { SourceLine } from '../source-line.ts';
import { EITHER_END, ENDED_BY_NETWORK } from './ended-by-network.ts';

/** Why firmwares differ, or behave in a way that surprises, with the line of source or the setting behind it. */
export interface Explanation {
  readonly title: string;
  /** Ids of findings, certificates, faults or cases that it explains. */
  readonly rows: readonly string[];
  readonly text: string;
  readonly sources: readonly SourceLine[];
}

const sdkconfig = (lines: string, what: string): SourceLine => ({
  repository: 'micropython/micropython',
  at: 'v1.26.1',
  path: 'ports/esp32/boards/sdkconfig.base',
  lines,
  what,
});
const mbedtls = (path: string, lines: string, what: string, at = 'v3.6.3'): SourceLine => ({
  repository: 'Mbed-TLS/mbedtls',
  at,
  path,
  lines,
  what,
});

export const EXPLANATIONS: readonly Explanation[] = [
  {
    title: 'Nothing is validated before 1.20',
    rows: ['book/required-validates', 'documentation/cert-constants', 'documentation/required-chain'],
    text:
      'wrap_socket of 1.18 knows neither cert_reqs nor cadata, and always sets MBEDTLS_SSL_VERIFY_NONE. A case that gives them ends in ' +
      'a TypeError before any TLS: `not possible` in these tables, neither accepted nor refused.',
    sources: [
      {
        repository: 'micropython/micropython',
        at: 'v1.18',
        path: 'extmod/modussl_mbedtls.c',
        lines: '194',
        what: 'MBEDTLS_SSL_VERIFY_NONE',
      },
      {
        repository: 'micropython/micropython',
        at: 'v1.20.0',
        path: 'extmod/modussl_mbedtls.c',
        lines: '479-480',
        what: '`cert_reqs` and `cadata`, added by b41cfea02a',
      },
    ],
  },
  {
    title: 'The last error of a connection stays from 1.20 on',
    rows: ['timeout-kills-the-connection', 'timeout/read-then-data'],
    text:
      'Since 1.20 the wrapped socket keeps the number of the last error that a read or write raised, a time-out too, and raises it ' +
      'again in each later one. 1.18 keeps none, so that a program can read on after a time-out.',
    sources: [
      {
        repository: 'micropython/micropython',
        at: 'v1.20.0',
        path: 'extmod/modussl_mbedtls.c',
        lines: '318-321',
        what: '`last_error`, added by ed58d6e4ce',
      },
    ],
  },
  {
    title: 'Decrypted bytes that a poll does not see before 1.20',
    rows: ['poll/buffered-plaintext', 'poll/buffered-plaintext-tls12'],
    text: 'mbedTLS decrypts a record whole. 1.18 polls the socket below alone, which has nothing left; 1.20 asks mbedTLS first.',
    sources: [
      {
        repository: 'micropython/micropython',
        at: 'v1.20.0',
        path: 'extmod/modussl_mbedtls.c',
        lines: '414',
        what: 'mbedtls_ssl_check_pending, added by ed58d6e4ce',
      },
    ],
  },
  {
    title: 'Alerts of 1.18',
    rows: ['fault/wrong-verify-data', 'fault/server/wrong-verify-data', 'fault/unrequested-extension'],
    text:
      'mbedTLS before 2.16.11 answers a wrong Finished with decode_error and an extension that it did not ask for with ' +
      'handshake_failure, where RFC 5246 has decrypt_error and unsupported_extension. 1.18 is built with IDF 4.2.2, 1.20 with 4.2.4.',
    sources: [mbedtls('ChangeLog', '137-140', 'which alert is sent', 'v2.16.12')],
  },
  {
    title: 'Dates are checked from 1.22 on',
    rows: [
      'dates-unchecked',
      'clock-of-2000',
      'expired',
      'expired-intermediate',
      'expired-long-ago',
      'expired-root',
      'future-intermediate',
      'inverted-validity',
      'not-yet-valid',
      'valid-1970-to-2000',
    ],
    text:
      'IDF compiles mbedTLS without a clock unless it is asked for one. MicroPython asks since 1.22; before, mbedTLS has no ' +
      'date to compare with, and CERT_REQUIRED accepts an expired certificate.',
    sources: [sdkconfig('62', 'CONFIG_MBEDTLS_HAVE_TIME_DATE, added by 30b0ee34d3')],
  },
  {
    title: 'The name must be given from 1.22 on',
    rows: ['name-unchecked-without-hostname', 'hostname-bypass'],
    text:
      'Since 1.22 MicroPython refuses CERT_REQUIRED without server_hostname, but looks at the argument server_side and not at ' +
      'the context. mbedTLS itself refuses such a handshake since 3.6.3 (OSError -23936), which closed the gap in 1.26.',
    sources: [
      {
        repository: 'micropython/micropython',
        at: 'v1.26.1',
        path: 'extmod/modtls_mbedtls.c',
        lines: '661',
        what: '`server_side == false`',
      },
    ],
  },
  {
    title: 'IP addresses as subject alternative names from 1.24 on',
    rows: ['ip-san', 'ipv6-san'],
    text: 'mbedTLS compares iPAddress entries since 3.5.0. The 3.4.1 of MicroPython 1.23 knows only dNSName.',
    sources: [mbedtls('library/x509_crt.c', '2904', 'x509_crt_check_san_ip')],
  },
  {
    title: 'Name constraints are refused, kept or not',
    rows: ['name-constraints-kept', 'name-constraints-broken', 'name-constraints-excluded'],
    text:
      'The extension must be critical (RFC 5280, section 4.2.1.10) and mbedTLS has no parser for it. An unknown critical ' +
      'extension refuses the certificate with -9570 (X509_INVALID_EXTENSIONS and ASN1_UNEXPECTED_TAG).',
    sources: [mbedtls('library/x509_crt.c', '945-952', 'no parser found: critical extensions fail')],
  },
  {
    title: 'Host names are compared as they are',
    rows: ['trailing-dot', 'wildcard-alone', 'wildcard-inside-label', 'wildcard-not-leftmost', 'idn-in-utf8'],
    text:
      'The comparison is of bytes, upper and lower case alike, and of one wildcard: `*.` at the front for exactly one label. A ' +
      'trailing dot, a wildcard anywhere else and a name in UTF-8 are other bytes, so they do not match.',
    sources: [
      mbedtls('library/x509_crt.c', '276-302', 'x509_check_wildcard'),
      mbedtls('library/x509_crt.c', '2887-2902', 'x509_crt_check_cn'),
    ],
  },
  {
    title: 'Handshake messages over several records from mbedTLS 3.6.3 on',
    rows: [
      'hello-over-two-records',
      'certificate-over-records',
      'finished-over-records',
      'server/finished-over-records',
    ],
    text:
      'Before 3.6.3 a handshake message had to fit into one record (OSError -28800). Since then messages are put together, ' +
      'but a fragmented ClientHello only in builds with TLS 1.3, which IDF leaves out: as a server the ESP32 answers ' +
      'decode_error (OSError -29440).',
    sources: [
      mbedtls('library/ssl_msg.c', '3296-3299', '"TLS handshake fragmentation not supported"', 'v3.6.2'),
      mbedtls('ChangeLog', '175-180', 'the limitation for ClientHello', 'v3.6.4'),
    ],
  },
  {
    title: 'TLS 1.0 and 1.1 until 1.20, TLS 1.3 never',
    rows: ['client/version/TLSv1.1', 'client/version/TLSv1', 'client/version/TLSv1.3'],
    text:
      'Up to 1.20 the firmware is built with IDF 4 and mbedTLS 2, which speak TLS 1.0 and 1.1. mbedTLS 3 has removed them. TLS ' +
      '1.3 is off in IDF unless it is asked for, and MicroPython does not ask.',
    sources: [
      sdkconfig(
        '59-89',
        'the settings of mbedTLS; MBEDTLS_SSL_PROTO_TLS1_3 is not among them, and off in IDF’s Kconfig',
      ),
    ],
  },
  {
    title: 'Curves and ciphers that are absent',
    rows: ['client/group/X25519-rsa', 'client/hello/offers'],
    text:
      'MicroPython turns Curve25519 and the Brainpool curves off to save flash. ChaCha20-Poly1305 and Camellia are off in IDF. ' +
      'A server that allows only X25519 is answered with RSA key exchange where it has an RSA certificate.',
    sources: [sdkconfig('73-76', 'Brainpool and Curve25519 are off, by c393cd7e48')],
  },
  {
    title: 'secp256k1 until 1.20',
    rows: ['secp256k1'],
    text:
      'A client of mbedTLS 2 offers every curve that the library has. mbedTLS 3 offers a list of its own without secp256k1, so ' +
      "a server whose key is on that curve ends the handshake (host's alert 40 handshake_failure).",
    sources: [mbedtls('library/ssl_tls.c', '4953-4979', 'ssl_preset_default_groups', 'v3.4.1')],
  },
  {
    title: 'send, sendall, recv and recv_into from 1.25 on',
    rows: ['book/no-socket-methods', 'documentation/no-socket-methods'],
    text: 'They came with DTLS: the methods are compiled where DTLS is, and the ESP32 turns DTLS on since 1.25.',
    sources: [
      {
        repository: 'micropython/micropython',
        at: 'v1.25.0',
        path: 'extmod/modtls_mbedtls.c',
        lines: '849-854',
        what: '`#ifdef MBEDTLS_SSL_PROTO_DTLS` around the methods',
      },
      sdkconfig('66-67', 'CONFIG_MBEDTLS_SSL_PROTO_DTLS'),
    ],
  },
  {
    title: 'Records of 4 KiB',
    rows: ['stream/record-size'],
    text: 'IDF gives mbedTLS 16 KiB for what comes in and 4 KiB for what goes out: a longer write becomes several records.',
    sources: [sdkconfig('61', 'CONFIG_MBEDTLS_ASYMMETRIC_CONTENT_LEN (IDF: MBEDTLS_SSL_OUT_CONTENT_LEN 4096)')],
  },
  {
    title: 'An empty key is taken for none from 1.23 on',
    rows: ['empty-identity-taken-as-none'],
    text: 'The frozen module `ssl` asks whether key and certificate are true; empty bytes are not. 1.20 handed them to mbedTLS, which refused.',
    sources: [
      {
        repository: 'micropython/micropython-lib',
        at: '34c4ee1647ac4b177ae40adf0ec514660e433dc0',
        path: 'python-stdlib/ssl/ssl.py',
        lines: '55-56',
        what: '`if cert or key`',
      },
    ],
  },
  {
    title: 'Panics',
    rows: [
      'crash-cipher-before-handshake',
      'crash-setblocking-after-close',
      'crash-setblocking-after-failed-handshake',
    ],
    text:
      'Null pointers: cipher() before the handshake hands strlen a null, and setblocking() loads a method of a socket that a ' +
      'close (since 1.20) or a failed handshake has taken away. `docs/upstream` has a page for each.',
    sources: [
      {
        repository: 'micropython/micropython',
        at: 'v1.26.1',
        path: 'extmod/modtls_mbedtls.c',
        lines: '735-743',
        what: 'cipher()',
      },
      {
        repository: 'micropython/micropython',
        at: 'v1.26.1',
        path: 'extmod/modtls_mbedtls.c',
        lines: '822-829',
        what: 'setblocking()',
      },
    ],
  },
  {
    title: 'Resets through the emulator',
    rows: ENDED_BY_NETWORK,
    text:
      'The records are of an emulator whose user network (slirp) may pass a reset of the host on as the end of the stream, ' +
      `depending on what it still holds. Two runs of one image differ there, so these rows say \`${EITHER_END}\`: whether ` +
      'the board meets a reset or an end says nothing about the firmware.',
    sources: [],
  },
];
