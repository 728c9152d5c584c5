import { ECDH } from 'node:crypto';
import { ExtensionType, HandshakeType } from '@wirewrap/tls-lab';
import { handshakeRecord, message, vector } from '../raw/server-messages.ts';
import { groups, type HelloExtension, type HelloRow, keyShares, P256, p256Share } from './hello-row.ts';

/** Curves that RFC 8422 section 5.1.1 no longer allows, all of them. */
const DEPRECATED: readonly number[] = Array.from({ length: 22 }, (_, index) => index + 1);
const SECP224R1 = 21;
const MONTGOMERY = { x25519: 29, x448: 30 } as const;

const SUITE = { cbc: 0xc023, gcm: 0xc02b, ecdheRsa: 0xc02f, dheRsa: 0x009e } as const;
const FFDHE = { 2048: 0x0100, 3072: 0x0101, unassigned: 0x01fb } as const;

const echoes =
  (name: string) =>
  ({ extensions = [] }: { readonly extensions?: readonly string[] }): boolean =>
    extensions.includes(name);
const not =
  <T>(test: (value: T) => boolean) =>
  (value: T): boolean =>
    !test(value);

const hostNames = (...names: readonly string[]): Buffer =>
  vector(2, ...names.map((name) => Buffer.concat([Buffer.from([0]), vector(2, Buffer.from(name))])));

const keyExchange = (body: Uint8Array): Buffer => handshakeRecord(message(HandshakeType.client_key_exchange, body));
const pointOf = (): Buffer => vector(1, p256Share());
const CHANGE_CIPHER_SPEC = Buffer.from('140303000101', 'hex');

/** A message in two records with another record between them. */
function around(whole: Uint8Array, between: Uint8Array): Buffer {
  const middle = whole.length >> 1;
  const [first, second] = [whole.subarray(0, middle), whole.subarray(middle)];
  return Buffer.concat([handshakeRecord(first), between, handshakeRecord(second)]);
}

const SECOND = 'a second ClientKeyExchange is an unexpected_message (RFC 5246 section 7.4.7)';
const DHE_ROW = { version: 'TLSv1.2', key: 'rsa-2048', cipherSuites: [SUITE.dheRsa, 0x00ff] } as const;
const BOUNDS = 'the share is between 1 and p-1, both left out (RFC 7919 section 3)';

/** Extensions of which a server may know nothing; one that does answers them. */
const PASSED_OVER: readonly HelloRow[] = (
  [
    ['session-ticket', ExtensionType.session_ticket, '', 'RFC 5077 section 3.2'],
    ['status-request', ExtensionType.status_request, '0100000000', 'RFC 6066 section 8'],
    ['heartbeat', ExtensionType.heartbeat, '01', 'RFC 6520 section 2'],
  ] as const
).map(([name, type, data, source]) => ({
  name,
  version: 'TLSv1.2',
  does: `Offers the extension ${name.replace('-', '_')}.`,
  careful: 'serves',
  why: `a server that does not know the extension passes it over (${source})`,
  extensions: [{ type, data: Buffer.from(data, 'hex') }],
}));

const SIGNATURES = 'signature_algorithms names what the client can verify (RFC 5246 section 7.4.1.4.1)';
const CCS_INSIDE =
  'a ChangeCipherSpec comes when the keys are agreed upon (RFC 5246 section 7.1): unexpected_message (section 7.2.2)';
const ECDHE_RSA_ROW = { version: 'TLSv1.2', key: 'rsa-2048', cipherSuites: [SUITE.ecdheRsa, 0x00ff] } as const;
const signatures = (...algorithms: readonly number[]): HelloExtension => ({
  type: ExtensionType.signature_algorithms,
  data: groups(...algorithms).data as Buffer,
});

/** What tlsfuzzer asks and other suites do not. */
const OF_TLSFUZZER: readonly HelloRow[] = [
  ...PASSED_OVER,
  {
    name: 'empty-connection-id',
    version: 'TLSv1.2',
    does: 'Has an empty connection_id, an extension of DTLS.',
    careful: 'either',
    why: 'it is for DTLS alone (RFC 9146 section 3), and what a server of TLS does is left open',
    extensions: [{ type: ExtensionType.connection_id, data: Buffer.alloc(0) }],
  },
  {
    name: 'empty-host-name',
    version: 'TLSv1.2',
    does: 'Names a host of no characters.',
    careful: 'refuses',
    why: 'a name has at least one byte, and what cannot be read is a decode_error (RFC 6066 section 3)',
    extensions: [{ type: ExtensionType.server_name, data: hostNames('') }],
  },
  {
    name: 'many-compression-methods',
    version: 'TLSv1.2',
    does: 'Offers 255 compression methods, null compression among them.',
    careful: 'serves',
    why: 'methods that it does not know are passed over (RFC 5246 section 7.4.1.2)',
    compression: Buffer.from(Array.from({ length: 255 }, (_, index) => index)),
  },
  {
    name: 'no-groups',
    ...ECDHE_RSA_ROW,
    does: 'Offers ECDHE alone, and has no supported_groups.',
    careful: 'either',
    why: 'the server may choose any curve (RFC 8422 section 4), or refuse',
    without: [ExtensionType.supported_groups],
  },
  {
    name: 'no-signature-algorithms',
    ...ECDHE_RSA_ROW,
    does: 'Has no signature_algorithms.',
    careful: 'either',
    why: 'it means SHA-1 (RFC 5246 section 7.4.1.4.1), which RFC 9155 section 2 no longer allows',
    without: [ExtensionType.signature_algorithms],
  },
  {
    name: 'empty-signature-algorithms',
    ...ECDHE_RSA_ROW,
    does: 'Its list of signature algorithms is empty.',
    careful: 'refuses',
    why: 'the list has at least one, and what cannot be read is a decode_error (RFC 5246 section 7.2.2)',
    extensions: [signatures()],
  },
  {
    name: 'compressed-point',
    ...ECDHE_RSA_ROW,
    does: 'Sends the point of its ClientKeyExchange compressed.',
    careful: 'refuses',
    why: 'no format of a point but the uncompressed one is left (RFC 8422 section 5.1.2)',
    afterwards: () =>
      keyExchange(vector(1, ECDH.convertKey(p256Share(), 'prime256v1', undefined, undefined, 'compressed') as Buffer)),
  },
  {
    name: 'sha1-alone',
    ...ECDHE_RSA_ROW,
    does: 'Takes no signature but one with RSA and SHA-1.',
    careful: 'refuses',
    why: 'a server does not sign with SHA-1 (RFC 9155 section 4)',
    extensions: [signatures(0x0201)],
  },
  {
    name: 'rsa-pss-alone',
    ...ECDHE_RSA_ROW,
    does: 'Takes no signature but one with RSA-PSS and SHA-256.',
    careful: 'either',
    why: `${SIGNATURES}, and only who has TLS 1.3 must know RSA-PSS (RFC 8446 section 4.2.3)`,
    extensions: [signatures(0x0804)],
  },
  ...(['x25519', 'x448'] as const).map(
    (name): HelloRow => ({
      name,
      ...ECDHE_RSA_ROW,
      does: `Offers ECDHE with ${name.toUpperCase()} and no other group.`,
      careful: 'either',
      why: 'a server takes a curve that it has, or refuses with handshake_failure (RFC 8422 section 4, RFC 5246 section 7.4.1.3)',
      extensions: [groups(MONTGOMERY[name])],
    }),
  ),
  {
    name: 'change-cipher-spec-inside-hello',
    version: 'TLSv1.2',
    does: 'Sends its hello in two records with a ChangeCipherSpec between them.',
    careful: 'refuses',
    why: CCS_INSIDE,
    records: (hello) => around(hello, CHANGE_CIPHER_SPEC),
  },
  {
    name: 'change-cipher-spec-inside-key-exchange',
    version: 'TLSv1.2',
    does: 'Sends its ClientKeyExchange in two records with a ChangeCipherSpec between them.',
    careful: 'refuses',
    why: CCS_INSIDE,
    afterwards: () => around(message(HandshakeType.client_key_exchange, pointOf()), CHANGE_CIPHER_SPEC),
  },
];

/** What servers are seldom asked, and wrong forms of single extensions. */
export const ANSWER_ROWS: readonly HelloRow[] = [
  ...OF_TLSFUZZER,
  {
    name: 'encrypt-then-mac',
    version: 'TLSv1.2',
    does: 'Offers encrypt-then-MAC and a suite with a block cipher.',
    careful: 'either',
    why: 'a server that knows encrypt-then-MAC answers it (RFC 7366 section 2)',
    cipherSuites: [SUITE.cbc],
    extensions: [{ type: ExtensionType.encrypt_then_mac, data: Buffer.alloc(0) }],
  },
  {
    name: 'encrypt-then-mac-without-block-cipher',
    version: 'TLSv1.2',
    does: 'Offers encrypt-then-MAC and only a suite with AEAD.',
    careful: 'serves',
    why: 'with an AEAD suite it must not answer the extension (RFC 7366 section 3)',
    cipherSuites: [SUITE.gcm],
    extensions: [{ type: ExtensionType.encrypt_then_mac, data: Buffer.alloc(0) }],
    right: not(echoes('encrypt_then_mac')),
  },
  {
    name: 'padding',
    version: 'TLSv1.2',
    does: 'Pads its hello with 200 zero bytes.',
    careful: 'serves',
    why: 'the padding is not answered (RFC 7685 section 3)',
    extensions: [{ type: ExtensionType.padding, data: Buffer.alloc(200) }],
    right: not(echoes('padding')),
  },
  {
    name: 'padding-not-zero',
    version: 'TLSv1.2',
    does: 'Pads its hello with bytes that are not zero.',
    careful: 'either',
    why: 'a client must not, and what a server does is left open (RFC 7685 section 3)',
    extensions: [{ type: ExtensionType.padding, data: Buffer.alloc(200, 0x5a) }],
  },
  {
    name: 'max-fragment-length-5',
    version: 'TLSv1.2',
    does: 'Asks for the maximum fragment length 5, which there is not.',
    careful: 'refuses',
    why: 'any value but 1 to 4 is an illegal_parameter (RFC 6066 section 4)',
    extensions: [{ type: ExtensionType.max_fragment_length, data: Buffer.from([5]) }],
  },
  {
    name: 'two-host-names',
    version: 'TLSv1.2',
    does: 'Names two hosts of the same type.',
    careful: 'either',
    why: 'a client must not (RFC 6066 section 3), and what a server does is left open',
    extensions: [{ type: ExtensionType.server_name, data: hostNames('board.test', 'other.test') }],
  },
  {
    name: 'many-groups',
    version: 'TLSv1.2',
    does: 'Offers 70 groups, of which few are assigned, P-256 among them.',
    careful: 'serves',
    why: 'groups that it does not know are passed over (RFC 8422 section 5.1)',
    extensions: [groups(...Array.from({ length: 69 }, (_, index) => 0x2000 + index), P256)],
  },
  {
    name: 'deprecated-groups',
    version: 'TLSv1.2',
    does: 'Offers only curves that are no longer allowed, such as secp192r1.',
    careful: 'refuses',
    why: 'RFC 8422 section 5.1.1 deprecates them',
    extensions: [groups(...DEPRECATED)],
  },
  ...(
    [
      ['deprecated-groups', DEPRECATED, 'only curves that are no longer allowed, such as secp192r1'],
      ['deprecated-group', [SECP224R1], 'only secp224r1'],
    ] as const
  ).map(
    ([name, offered, what]): HelloRow => ({
      name,
      version: 'TLSv1.3',
      does: `Offers ${what}, with a share of it.`,
      careful: 'refuses',
      why: 'TLS 1.3 has none of them (RFC 8446 section 4.2.7)',
      extensions: [groups(...offered), keyShares([SECP224R1, Buffer.concat([Buffer.from([4]), Buffer.alloc(56, 7)])])],
    }),
  ),
  {
    name: 'many-key-shares',
    version: 'TLSv1.3',
    does: 'Sends shares of three groups, the second of which is P-256.',
    careful: 'serves',
    why: 'it answers with one share, of a group that was offered (RFC 8446 section 4.2.8)',
    extensions: [
      groups(0x2001, P256, 0x2002),
      keyShares([0x2001, Buffer.alloc(32, 7)], [P256, p256Share()], [0x2002, Buffer.alloc(32, 7)]),
    ],
    right: ({ group }) => group === 'secp256r1',
  },
  {
    name: 'key-shares-out-of-order',
    version: 'TLSv1.3',
    does: 'Sends its shares in another order than its groups.',
    careful: 'either',
    why: 'a client must not, and a server need not look (RFC 8446 section 4.2.8)',
    extensions: [groups(0x2001, P256), keyShares([P256, p256Share()], [0x2001, Buffer.alloc(32, 7)])],
  },
  {
    name: 'ffdhe-share-of-1',
    version: 'TLSv1.3',
    does: 'Sends 1 as its share of ffdhe2048, the only group that it offers.',
    careful: 'refuses',
    why: 'a share outside of 2 to p-2 ends the handshake (RFC 8446 section 4.2.8.1)',
    extensions: [groups(FFDHE[2048]), keyShares([FFDHE[2048], Buffer.concat([Buffer.alloc(255), Buffer.from([1])])])],
  },
  {
    name: 'unasked-cookie',
    version: 'TLSv1.3',
    does: 'Sends a cookie that nobody asked for.',
    careful: 'either',
    why: 'a client must not (RFC 8446 section 4.2.2), and what a server does is left open',
    extensions: [{ type: ExtensionType.cookie, data: vector(2, Buffer.from('cookie')) }],
  },
  {
    name: 'second-key-exchange',
    version: 'TLSv1.2',
    does: 'Sends its ClientKeyExchange twice.',
    careful: 'refuses',
    why: SECOND,
    afterwards: () => Buffer.concat([keyExchange(pointOf()), keyExchange(pointOf())]),
  },
  {
    name: 'second-key-exchange-after-change-cipher-spec',
    version: 'TLSv1.2',
    does: 'Sends its ClientKeyExchange again in the clear behind its ChangeCipherSpec.',
    careful: 'refuses',
    why: SECOND,
    afterwards: () => Buffer.concat([keyExchange(pointOf()), CHANGE_CIPHER_SPEC, keyExchange(pointOf())]),
  },
  {
    name: 'public-key-length',
    version: 'TLSv1.2',
    does: 'The point in its ClientKeyExchange says one byte more than there are.',
    careful: 'refuses',
    why: 'a length that does not fit is answered with decode_error (RFC 5246 section 7.2.2)',
    afterwards: () => {
      const point = pointOf();
      point.writeUInt8(point.length, 0);
      return keyExchange(point);
    },
  },
  {
    name: 'ffdhe/offered-group',
    ...DHE_ROW,
    does: 'Offers DHE with ffdhe3072 and no other group.',
    careful: 'either',
    why: 'a server that knows RFC 7919 uses that group, one that does not may use any (section 4)',
    extensions: [groups(FFDHE[3072])],
  },
  {
    name: 'ffdhe/no-shared-group',
    ...DHE_ROW,
    does: 'Offers DHE with a group of RFC 7919 that there is not.',
    careful: 'either',
    why: 'a server that knows RFC 7919 refuses, one that does not may go on (section 4)',
    extensions: [groups(FFDHE.unassigned)],
  },
  {
    name: 'ffdhe/no-shared-group-other-suite',
    ...DHE_ROW,
    does: 'Offers DHE with a group of RFC 7919 that there is not, and ECDHE with P-256.',
    careful: 'serves',
    why: 'it takes the suite for which there is a group (RFC 7919 section 4)',
    cipherSuites: [SUITE.dheRsa, SUITE.ecdheRsa, 0x00ff],
    extensions: [groups(FFDHE.unassigned, P256)],
  },
  {
    name: 'ffdhe/group-without-suite',
    ...DHE_ROW,
    does: 'Offers ffdhe2048 and P-256 and no suite with DHE.',
    careful: 'serves',
    why: 'it takes a suite that was offered (RFC 7919 section 4)',
    cipherSuites: [SUITE.ecdheRsa, 0x00ff],
    extensions: [groups(FFDHE[2048], P256)],
    right: ({ group }) => group === 'secp256r1',
  },
  ...(
    [
      ['0', () => Buffer.from([0])],
      ['1', () => Buffer.from([1])],
      ['p-minus-1', lessOne],
    ] as const
  ).map(
    ([name, share]): HelloRow => ({
      name: `ffdhe/share-of-${name}`,
      ...DHE_ROW,
      does: `Sends ${name.replace('-minus-', ' - ')} as its share of DHE.`,
      careful: 'refuses',
      why: BOUNDS,
      afterwards: ({ prime }) => keyExchange(vector(2, share(prime ?? Buffer.alloc(1)))),
    }),
  ),
];

function lessOne(prime: Buffer): Buffer {
  const copy = Buffer.from(prime);
  copy.writeUInt8(copy.readUInt8(copy.length - 1) - 1, copy.length - 1);
  return copy;
}
