import type { CertificateBundle } from '@wirewrap/certgen';
import type { BoardError, BoardOutcome, Handshake, Transcript } from '@wirewrap/tls-lab';
import { expect as base, describe, test } from 'vitest';
import { type HandshakeMatcherName, handshakeMatchers } from './handshake-matchers.ts';

base.extend(handshakeMatchers);
// biome-ignore lint/suspicious/noExplicitAny: the tables call the matchers by name, with any arguments
const expect = base as any;

const error: BoardError = {
  type: 'OSError',
  args: [-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED'],
  errno: -9984,
  errnoName: 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED',
};

const alert = (sender: 'board' | 'peer', number: number, name: Transcript['alerts'][number]['name']) =>
  ({ sender, level: number === 0 ? 'warning' : 'fatal', number, name, encrypted: true, atMs: 1 }) as const;

const outcome = (raised: BoardError | null, crash: string | null = null): BoardOutcome => ({
  role: 'client',
  completed: raised === null && crash === null,
  wrap: { step: 'wrap', value: null, error: raised, ms: 5 },
  steps: [],
  error: raised,
  wrapMs: 5,
  heapBefore: 1,
  heapAfter: 1,
  crash,
});

const named = (name: string) => ({ number: 1, name });
const transcript = {
  handshakeCompleted: true,
  clientHello: {
    sender: 'board',
    serverName: 'board.test',
    versions: ['TLSv1.3', 'TLSv1.2'],
    cipherSuites: [named('TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256')],
    groups: [named('secp256r1')],
    signatureAlgorithms: [named('ecdsa_secp256r1_sha256')],
    alpn: [],
    // TLS 1.2, one suite, no extensions.
    raw: Buffer.from(`0100002b0303${'00'.repeat(32)}000002c02b0100`, 'hex'),
  },
  negotiated: {
    version: 'TLSv1.2',
    cipherSuite: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    group: 'secp256r1',
    alpn: null,
    resumed: false,
    signature: null,
  },
  alerts: [alert('peer', 0, 'close_notify')],
  received: new Uint8Array(),
  peerError: null,
  timings: { toServerHelloMs: 1, toFinishedMs: 2, toFirstDataMs: 3 },
  close: { by: 'board', how: 'fin', closeNotify: { board: false, peer: true }, tcp: { board: 'fin', peer: 'fin' } },
} as unknown as Transcript;

const handshake = (board: BoardOutcome, wire: Transcript | null, profile = 'expired'): Handshake => ({
  role: 'client',
  board,
  wire,
  certificate: { profile, host: 'h' } as CertificateBundle,
});

const refusing = { ...transcript, handshakeCompleted: false, alerts: [alert('board', 48, 'unknown_ca')] };
const good = handshake(outcome(null), transcript);
const refused = handshake(outcome(error), refusing);
const crashed = handshake(outcome(null, 'Guru Meditation'), refusing);
const silent = { ...transcript, clientHello: null };

const table: readonly [HandshakeMatcherName, Handshake | Handshake[], readonly unknown[], boolean][] = [
  ['toComplete', good, [], true],
  ['toComplete', refused, [], false],
  ['toComplete', crashed, [], false],
  ['toComplete', handshake(outcome(null), { ...transcript, handshakeCompleted: false }), [], false],
  ['toComplete', handshake(outcome(null), null), [], false],
  ['toNegotiate', good, [], true],
  ['toNegotiate', good, ['TLSv1.2'], true],
  ['toNegotiate', good, ['TLSv1.3'], false],
  ['toNegotiate', good, ['ECDHE-ECDSA-AES128-GCM-SHA256'], true],
  ['toNegotiate', good, ['AES256-GCM-SHA384'], false],
  ['toNegotiate', good, ['TLS1-3-AES-128-GCM-SHA256'], false],
  ['toNegotiate', good, [{ group: 'X25519MLKEM768' }], false],
  ['toNegotiate', good, [{ cipher: '0xC0FF' }], false],
  ['toNegotiate', good, ['DTLSv1.2'], false],
  ['toNegotiate', good, [/GCM/], true],
  ['toNegotiate', good, [/1\.2$/], true],
  [
    'toNegotiate',
    good,
    [{ version: '1.2', cipher: /^TLS-ECDHE/, group: 'secp256r1', alpn: null, resumed: false }],
    true,
  ],
  ['toNegotiate', good, [{ version: '1.2', group: 'x25519' }], false],
  ['toNegotiate', good, [{ alpn: 'h2' }], false],
  ['toNegotiate', refused, ['TLSv1.2'], false],
  ['toFailOnBoard', good, [], false],
  ['toFailOnBoard', refused, [], true],
  ['toFailOnBoard', crashed, [], true],
  ['toFailOnBoard', crashed, ['OSError'], false],
  ['toFailOnBoard', refused, ['OSError'], true],
  ['toFailOnBoard', refused, ['ValueError'], false],
  ['toFailOnBoard', refused, ['MBEDTLS_ERR_X509_CERT_VERIFY_FAILED'], true],
  ['toFailOnBoard', refused, ['CERT_VERIFY'], true],
  ['toFailOnBoard', refused, [-9984], true],
  ['toFailOnBoard', refused, [9984], false],
  ['toFailOnBoard', refused, [/OSError\(-9984/], true],
  ['toFailOnBoard', refused, ['OSError', /VERIFY/], true],
  ['toFailOnBoard', refused, ['OSError', 'expired'], false],
  ['toFailOnBoard', refused, [{ type: 'OSError', errno: -9984, step: 'wrap' }], true],
  ['toFailOnBoard', refused, [{ type: ['ValueError', 'OSError'] }], true],
  ['toFailOnBoard', refused, [{ errno: [-1, -2] }], false],
  ['toFailOnBoard', refused, [{ errno: null }], false],
  ['toFailOnBoard', refused, [{ args: [-9984, base.stringContaining('X509')] }], true],
  ['toFailOnBoard', refused, [{ step: 'read' }], false],
  ['toSendAlert', good, [], false],
  ['toSendAlert', good, ['close_notify'], false],
  ['toSendAlert', refused, [], true],
  ['toSendAlert', refused, ['unknown ca'], true],
  ['toSendAlert', refused, [48], true],
  ['toSendAlert', refused, [42], false],
  ['toSendAlert', refused, [{ name: /ca$/, level: 'fatal' }], true],
  ['toSendAlert', refused, [{ number: 48, level: 'warning' }], false],
  ['toReceiveAlert', good, [], false],
  ['toReceiveAlert', good, ['close_notify'], true],
  ['toOfferServerName', good, [], true],
  ['toOfferServerName', good, ['board.test'], true],
  ['toOfferServerName', good, ['board'], false],
  ['toOfferServerName', good, [/^board/g], true],
  ['toOfferServerName', good, [null], false],
  ['toOffer', good, ['TLS 1.3'], true],
  ['toOffer', good, ['TLSv1'], false],
  ['toOffer', good, [{ cipher: /CCM/ }], false],
  ['toOffer', good, [{ version: /1\.2/, group: 'secp256r1', signature: /ecdsa/ }], true],
  ['toHaveFingerprint', good, [/^t12i0100/], true],
  ['toHaveFingerprint', good, [{ ja4: /^t13/ }], false],
  ['toHaveFingerprint', good, ['00112233445566778899aabbccddeeff'], false],
  ['toHaveFingerprint', good, ['t12i010000_000000000000_000000000000'], false],
  ['toTrustAnyCertificate', good, [], true],
  ['toTrustAnyCertificate', refused, [], false],
  ['toTrustAnyCertificate', [good, good], [], true],
  ['toTrustAnyCertificate', [good, refused], [], false],
  ['toCloseWith', good, ['fin'], true],
  ['toCloseWith', good, ['FIN', 'board'], true],
  ['toCloseWith', good, ['fin', { by: 'peer' }], false],
  ['toCloseWith', good, ['close-notify'], false],
  ['toCloseWith', good, [{ how: 'fin', closeNotify: { board: false, peer: true } }], true],
  ['toCloseWith', good, [{ closeNotify: { board: true } }], false],
  ['toCrash', crashed, [], true],
  ['toCrash', crashed, [/guru/i], true],
  ['toCrash', crashed, ['watchdog'], false],
  ['toCrash', good, [], false],
];

describe('the matchers', () => {
  test.for(table)('%s (row %$)', ([name, subject, args, holds]) => {
    const positive = () => expect(subject)[name](...args);
    const negative = () => expect(subject).not[name](...args);
    (holds ? positive : negative)();
    expect(holds ? negative : positive).toThrow(/^The connection should .+, but .+\.\n\n(board|TLS) /s);
  });

  const unjudgeable: readonly [HandshakeMatcherName, Handshake, readonly unknown[], RegExp][] = [
    [
      'toTrustAnyCertificate',
      handshake(outcome(null), transcript, 'good'),
      [],
      /no certificate that a careful end refuses/,
    ],
    ['toOfferServerName', handshake(outcome(error), silent), [], /sent no ClientHello/],
    ['toOffer', handshake(outcome(error), silent), ['TLSv1.2'], /sent no ClientHello/],
    ['toSendAlert', handshake(outcome(error), null), [], /No connection came about/],
    ['toNegotiate', handshake(outcome(error), null), ['TLSv1.2'], /No connection came about/],
    ['toHaveFingerprint', good, ['t12'], /neither a JA3 .* nor a JA4/],
    ['toHaveFingerprint', handshake(outcome(error), silent), [/t/], /sent no ClientHello/],
    ['toCloseWith', good, ['slowly'], /'slowly' is not a way to close/],
    ['toCloseWith', good, ['fim'], /'fim' is not a way to close a connection; did you mean fin\?/],
    ['toNegotiate', good, ['TLSv1.7'], /'TLSv1\.7' is not a version of TLS; did you mean /],
    ['toSendAlert', refused, ['certificate_expird'], /is not an alert; did you mean certificate_expired\?/],
    ['toSendAlert', refused, ['unknwon_ca'], /'unknwon_ca' is not an alert; did you mean unknown_ca\?/],
    ['toSendAlert', refused, [{ name: 'expired' }], /'expired' is not an alert; did you mean certificate_expired\?/],
    ['toReceiveAlert', good, ['goodbye'], /'goodbye' is not an alert\./],
    ['toNegotiate', good, ['TLSv1.9'], /'TLSv1\.9' is not a version of TLS/],
    ['toNegotiate', good, [{ version: '2.0' }], /'2\.0' is not a version of TLS/],
    ['toNegotiate', good, [{ group: 'P-256' }], /'P-256' is not a group/],
    [
      'toOffer',
      good,
      ['ECDHE-ECDSA-AES128-GCM-SHA265'],
      /is not a cipher suite; did you mean .*ECDHE-ECDSA-AES128-GCM-SHA256/,
    ],
    ['toOffer', good, [{ signature: 'ecdsa' }], /'ecdsa' is not a signature scheme; did you mean ecdsa_/],
  ];
  test.for(unjudgeable)(
    '%s fails with and without .not when nothing can be judged',
    ([name, subject, args, message]) => {
      expect(() => expect(subject)[name](...args)).toThrow(message);
      expect(() => expect(subject).not[name](...args)).toThrow(message);
    },
  );

  test.for([null, undefined, 'text', { board: 1 }])('%j is no handshake', (subject) => {
    expect(() => expect(subject).toComplete()).toThrow(/judges a Handshake/);
    expect(() => expect(subject).not.toComplete()).toThrow(/judges a Handshake/);
  });
});
