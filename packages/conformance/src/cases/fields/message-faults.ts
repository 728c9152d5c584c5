import { ContentType, type CorrectReaction, type Fault, HandshakeType } from '@wirewrap/tls-lab';
import type { FaultVersion } from '../fault-row.ts';

/** A fault, with who commits it and in which version; its case is `fields/ROLE/NAME` of the board's role. */
export interface MessageFault {
  readonly sender: 'server' | 'client';
  readonly version: FaultVersion;
  readonly fault: Fault;
}

const reacts = (results: CorrectReaction['results'], why: string): CorrectReaction => ({
  results,
  alerts: [],
  silent: true,
  why,
});
const UNEXPECTED = 'a message out of its turn is an unexpected_message (RFC 8446 section 4)';
const DECODE =
  'a length that does not fit is answered with decode_error (RFC 5246 section 7.2.2, RFC 8446 section 6.2)';

interface Row {
  readonly name: string;
  readonly step: Fault['step'];
  readonly does: string;
  readonly act: Fault['act'];
  readonly why: string;
  /** What is right; to give up where it is left out. */
  readonly results?: CorrectReaction['results'];
  readonly also?: Fault['also'];
  readonly onAnswer?: Fault['onAnswer'];
  readonly ours?: Fault['ours'];
}

const fault = ({ why, results = ['aborts'], ours = 'finished', ...row }: Row): Fault => ({
  level: 'record',
  ...row,
  correct: reacts(results, why),
  ours,
});

const message = (type: number, body = ''): string => {
  const head = Buffer.alloc(4);
  head.writeUInt8(type);
  head.writeUIntBE(body.length / 2, 1, 3);
  return head.toString('hex') + body;
};

/** The generator of P-256, which is a public key. */
const POINT =
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5';

const put = (where: 'before' | 'after', hex: string, type: number = ContentType.handshake): Fault['act'] => ({
  act: 'insert',
  where,
  type,
  hex,
});

const EMPTY: readonly Row[] = [
  {
    name: 'empty-change-cipher-spec',
    step: 'change-cipher-spec',
    does: 'Sends a ChangeCipherSpec without content before its own.',
    act: put('before', '', ContentType.change_cipher_spec),
    why: 'only application data may be empty (RFC 5246 section 6.2.1)',
    ours: 'sequel',
  },
  {
    name: 'empty-alert',
    step: 'finished',
    does: 'Sends an alert without content after its Finished.',
    act: put('after', '', ContentType.alert),
    why: 'only application data may be empty (RFC 5246 section 6.2.1)',
    ours: 'sequel',
  },
];

/** What a server of TLS 1.3 does to its encrypted messages, which its keys protect as they should. */
const OF_SERVER_13: readonly Row[] = [
  {
    name: 'encrypted-extensions-length',
    step: 'encrypted-extensions',
    does: 'Its EncryptedExtensions say one byte more than there are.',
    act: { act: 'edit', edit: 'extensions-length' },
    why: DECODE,
  },
  {
    name: 'request-context-length',
    step: 'certificate',
    does: 'The request context of its Certificate says one byte and there is none.',
    act: { act: 'edit', edit: 'request-context-length' },
    why: 'it is empty in a server’s Certificate (RFC 8446 section 4.4.2)',
  },
  {
    name: 'verify-signature-length',
    step: 'certificate-verify',
    does: 'The signature of its CertificateVerify says one byte more than there are.',
    act: { act: 'edit', edit: 'signature-length' },
    why: DECODE,
    ours: 'verification',
  },
  {
    name: 'verify-signature-empty',
    step: 'certificate-verify',
    does: 'Sends a CertificateVerify with an empty signature.',
    act: { act: 'edit', edit: 'signature-empty' },
    why: 'an empty signature does not verify (RFC 8446 section 4.4.3)',
    ours: 'verification',
  },
  {
    name: 'verify-algorithm-empty',
    step: 'certificate-verify',
    does: 'Sends a CertificateVerify without the number of its algorithm.',
    act: { act: 'edit', edit: 'signature-algorithm-empty' },
    why: DECODE,
    ours: 'verification',
  },
  {
    name: 'verify-empty',
    step: 'certificate-verify',
    does: 'Sends a CertificateVerify without content.',
    act: { act: 'edit', edit: 'signature-and-algorithm-empty' },
    why: DECODE,
    ours: 'verification',
  },
  {
    name: 'verify-grease',
    step: 'certificate-verify',
    does: 'Says a number of GREASE for the signature of its CertificateVerify.',
    act: { act: 'edit', edit: 'signature-algorithm-grease' },
    why: 'GREASE must not be chosen (RFC 8701 section 4)',
    ours: 'verification',
  },
  {
    name: 'interleaved-certificate-verify',
    step: 'certificate-verify',
    does: 'Sends its CertificateVerify in two records with application data between them.',
    act: { act: 'interleave', type: ContentType.application_data, hex: '00' },
    why: 'no other record may stand between the parts of a message (RFC 8446 section 5.1)',
    ours: 'sequel',
  },
  {
    name: 'incomplete-verify-before-finished',
    step: 'certificate-verify',
    does: 'Cuts the last byte off its CertificateVerify, whose length says that it comes, and goes on with its Finished.',
    act: { act: 'edit', edit: 'length-too-short' },
    why: DECODE,
  },
  {
    name: 'key-update-in-handshake',
    step: 'finished',
    does: 'Sends a KeyUpdate before its Finished.',
    act: put('before', message(HandshakeType.key_update, '00')),
    why: 'a KeyUpdate comes after the Finished (RFC 8446 section 4.6.3)',
  },
  {
    name: 'end-of-early-data',
    step: 'finished',
    does: 'Sends an EndOfEarlyData, which only a client sends, before its Finished.',
    act: put('before', message(HandshakeType.end_of_early_data)),
    why: 'a server must not send it (RFC 8446 section 4.5)',
  },
  {
    name: 'certificate-in-the-clear',
    step: 'encrypted-extensions',
    does: 'Sends a Certificate of TLS 1.2 before its EncryptedExtensions.',
    act: put('before', message(HandshakeType.certificate, '000000')),
    why: UNEXPECTED,
  },
  {
    name: 'legacy-key-exchange-dhe',
    step: 'encrypted-extensions',
    does: 'Sends a ServerKeyExchange of DHE before its EncryptedExtensions.',
    act: put('before', message(HandshakeType.server_key_exchange, '000117000105000107')),
    why: UNEXPECTED,
  },
  {
    name: 'legacy-key-exchange-ecdhe',
    step: 'encrypted-extensions',
    does: 'Sends a ServerKeyExchange of ECDHE before its EncryptedExtensions.',
    act: put('before', message(HandshakeType.server_key_exchange, `03001741${POINT}`)),
    why: UNEXPECTED,
  },
];

/** What a client of TLS 1.3 does to its encrypted messages. */
const OF_CLIENT_13: readonly Row[] = [
  {
    name: 'key-update-in-handshake',
    step: 'finished',
    does: 'Sends a KeyUpdate before its Finished.',
    act: put('before', message(HandshakeType.key_update, '00')),
    why: 'a KeyUpdate comes after the Finished (RFC 8446 section 4.6.3)',
    ours: 'sequel',
  },
  {
    name: 'interleaved-finished',
    step: 'finished',
    does: 'Sends its Finished in two records with application data between them.',
    act: { act: 'interleave', type: ContentType.application_data, hex: '00' },
    why: 'no other record may stand between the parts of a message (RFC 8446 section 5.1)',
    ours: 'sequel',
  },
  {
    name: 'hello-after-handshake',
    step: 'data',
    does: 'Sends a ClientHello after the handshake, before its data.',
    act: put('before', message(HandshakeType.client_hello, `0303${'00'.repeat(32)}000002130101000000`)),
    why: 'there is no renegotiation (RFC 8446 section 4.1.2)',
    ours: 'sequel',
  },
  ...(
    [
      ['rsa', '00107a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a'],
      ['dhe', '000107'],
      ['ecdhe', `41${POINT}`],
    ] as const
  ).map(
    ([name, body]): Row => ({
      name: `legacy-key-exchange-${name}`,
      step: 'finished',
      does: `Sends a ClientKeyExchange of ${name.toUpperCase()} before its Finished.`,
      act: put('before', message(HandshakeType.client_key_exchange, body)),
      why: UNEXPECTED,
      ours: 'sequel',
    }),
  ),
];

/** ECDHE with AES-128-GCM for both kinds of key, and no extension. */
const HELLO_12 = message(HandshakeType.client_hello, `0303${'00'.repeat(32)}000004c02bc02f01000000`);
/** In hex, so even. */
const MIDDLE = 2 * Math.floor(HELLO_12.length / 4);

const OF_CLIENT_12: readonly Row[] = [
  {
    name: 'hundred-warnings',
    step: 'key-exchange',
    does: 'Sends the warning 43 (unsupported_certificate) a hundred times before its ClientKeyExchange.',
    act: { act: 'insert', where: 'before', type: ContentType.alert, hex: '012b', times: 100 },
    results: ['completes', 'aborts'],
    why: 'after a warning the connection can go on (RFC 5246 section 7.2.2), which has no number of them; OpenSSL takes five',
    ours: 'sequel',
  },
  {
    name: 'data-inside-second-hello',
    step: 'data',
    does: 'Asks for a renegotiation with a hello in two records, and sends its data between them.',
    act: put('before', HELLO_12.slice(0, MIDDLE)),
    also: { step: 'data', act: put('after', HELLO_12.slice(MIDDLE)) },
    onAnswer: { step: 'no-renegotiation', act: { act: 'drop' } },
    results: ['completes'],
    why: 'data between the records of a later handshake must be processed (RFC 5246 section 6.2.1)',
    ours: 'sequel',
  },
  {
    name: 'second-key-exchange-encrypted',
    step: 'change-cipher-spec',
    does: 'Sends a second ClientKeyExchange after its ChangeCipherSpec, encrypted.',
    act: put('after', message(HandshakeType.client_key_exchange, `41${POINT}`)),
    why: 'a second ClientKeyExchange is an unexpected_message (RFC 5246 section 7.4.7)',
    ours: 'sequel',
  },
];

const of = (sender: MessageFault['sender'], version: FaultVersion, rows: readonly Row[]): MessageFault[] =>
  rows.map((row) => ({ sender, version, fault: fault(row) }));

/** Faults in single messages, which the faults of a whole run do not hold. */
export const MESSAGE_FAULTS: readonly MessageFault[] = [
  ...of('server', 'TLSv1.2', EMPTY),
  ...of('client', 'TLSv1.2', [...EMPTY, ...OF_CLIENT_12]),
  ...of('server', 'TLSv1.3', OF_SERVER_13),
  ...of('client', 'TLSv1.3', OF_CLIENT_13),
];
