import { createECDH, getDiffieHellman, randomBytes } from 'node:crypto';
import { ExtensionType, type ParsedClientHello, ProtocolVersion } from '@wirewrap/tls-lab';
import { longExtension } from '../raw/client-messages.ts';
import {
  type DheParts,
  dheFlight,
  extension,
  type FlightChanges,
  handshakeRecord,
  helloRetryRequest,
  longer,
  serverHello,
  signedFlight,
  sixteen,
  vector,
} from '../raw/server-messages.ts';
import type { FlightRow } from './flight-row.ts';

const DECODE =
  'a length that does not fit is answered with decode_error (RFC 5246 section 7.2.2, RFC 8446 section 6.2)';
const NOT_OFFERED = 'what was not offered must not be chosen: illegal_parameter (RFC 8446 section 4.1.4)';
const BOUNDS = 'the share is between 1 and p-1, both left out (RFC 7919 section 3)';
const GREASE = 0x0a0a;
const NONE = Buffer.alloc(0);
const SHA256_ECDSA = { hash: 'sha256', scheme: 0x0403 } as const;

/** A flight of TLS 1.2 with a change, or with another number for its signature. */
function flight(
  row: Pick<FlightRow, 'name' | 'does' | 'why'> & Partial<Pick<FlightRow, 'careful'>>,
  changes: FlightChanges,
  scheme: number = SHA256_ECDSA.scheme,
): FlightRow {
  return {
    careful: 'refuses',
    ...row,
    version: 'TLSv1.2',
    make: ({ random }, bundle, good) =>
      signedFlight(bundle, random, good ? SHA256_ECDSA : { hash: 'sha256', scheme }, randomBytes, good ? {} : changes),
  };
}

const longInHello = (name: string, type: number, data: Uint8Array = NONE): FlightRow =>
  flight(
    {
      name: `${name}-extension-length`,
      does: `The extension ${name} of its ServerHello says one byte more than there are.`,
      why: DECODE,
    },
    { extensions: [longExtension(type, data)] },
  );

const IN_TLS12: readonly FlightRow[] = [
  flight(
    {
      name: 'extensions-length',
      does: 'The extensions of its ServerHello say one byte more than there are.',
      why: DECODE,
    },
    { extensionsLength: 1 },
  ),
  longInHello('point-formats', ExtensionType.ec_point_formats, Buffer.from([1, 0])),
  longInHello('encrypt-then-mac', ExtensionType.encrypt_then_mac),
  longInHello('extended-master-secret', ExtensionType.extended_master_secret),
  longInHello('renegotiation-info', ExtensionType.renegotiation_info, Buffer.from([0])),
  flight(
    {
      name: 'point-formats-list-length',
      does: 'The list of point formats in its ServerHello says one byte more than there are.',
      why: DECODE,
    },
    { extensions: [extension(ExtensionType.ec_point_formats, longer(vector(1, Buffer.from([0])), 1))] },
  ),
  flight(
    {
      name: 'renegotiation-info-list-length',
      does: 'The renegotiated connection in its ServerHello says one byte and there is none.',
      why: 'what is not empty in a first handshake ends it: handshake_failure (RFC 5746 section 3.4)',
    },
    { extensions: [extension(ExtensionType.renegotiation_info, Buffer.from([1]))] },
  ),
  flight(
    {
      name: 'public-key-length',
      does: 'The point in its ServerKeyExchange says one byte more than there are.',
      why: DECODE,
    },
    { publicKeyLength: 1 },
  ),
  flight(
    {
      name: 'signature-length',
      does: 'The signature of its ServerKeyExchange says one byte more than there are.',
      why: DECODE,
    },
    { signatureLength: 1 },
  ),
  flight(
    {
      name: 'anonymous-signature',
      does: 'Says of the signature of its ServerKeyExchange that it is anonymous.',
      why: 'only what was offered may sign (RFC 5246 section 7.4.3)',
    },
    {},
    0x0400,
  ),
  flight(
    {
      name: 'grease-signature',
      does: 'Says a number of GREASE for the signature of its ServerKeyExchange.',
      why: 'GREASE must not be chosen (RFC 8701 section 4)',
    },
    {},
    GREASE,
  ),
  flight(
    {
      name: 'encrypt-then-mac-without-block-cipher',
      careful: 'either',
      does: 'Answers with encrypt-then-MAC and a suite with AEAD.',
      why: 'a server must not (RFC 7366 section 3), and what a client does is left open',
    },
    { extensions: [extension(ExtensionType.encrypt_then_mac, NONE)] },
  ),
];

const TLS13_SUITES: readonly number[] = [0x1301, 0x1302, 0x1303];
const numbers = (list: ParsedClientHello['groups']): number[] => list.map(({ number }) => number);

interface RetryParts {
  readonly sessionId: Uint8Array;
  readonly cipherSuite: number;
  readonly version: number;
}

/** A HelloRetryRequest for the second group, of which a client sends no share at first. */
function retry(
  name: string,
  does: string,
  why: string,
  wrong: (hello: ParsedClientHello) => Partial<RetryParts>,
): FlightRow {
  return {
    name: `retry-${name}`,
    version: 'TLSv1.3',
    does,
    careful: 'refuses',
    why,
    make(hello, _bundle, good) {
      const [suite, group] = [
        TLS13_SUITES.find((each) => numbers(hello.cipherSuites).includes(each)),
        numbers(hello.groups)[1],
      ];
      if (suite === undefined || group === undefined) return null;
      const right = { sessionId: hello.sessionId, cipherSuite: suite, version: ProtocolVersion['TLSv1.3'] };
      const { sessionId, cipherSuite, version } = { ...right, ...(good ? {} : wrong(hello)) };
      return handshakeRecord(helloRetryRequest(sessionId, cipherSuite, group, version));
    },
  };
}

const RETRIES: readonly FlightRow[] = [
  retry('grease-suite', 'Its HelloRetryRequest names a suite of GREASE.', NOT_OFFERED, () => ({ cipherSuite: GREASE })),
  retry('grease-version', 'Its HelloRetryRequest names a version of GREASE.', NOT_OFFERED, () => ({ version: GREASE })),
  retry('other-session-id', 'Its HelloRetryRequest has another session id than the ClientHello.', NOT_OFFERED, () => ({
    sessionId: Buffer.alloc(32, 0x5a),
  })),
  retry('tls12-suite', 'Its HelloRetryRequest names a suite of TLS 1.2.', NOT_OFFERED, () => ({ cipherSuite: 0xc02b })),
  // TLS_AES_128_CCM_8_SHA256, for which few ask; TLS_SM4_CCM_SM3 of RFC 8998 where it is offered.
  retry('unoffered-suite', 'Its HelloRetryRequest names a suite that was not offered.', NOT_OFFERED, (hello) => ({
    cipherSuite: numbers(hello.cipherSuites).includes(0x1305) ? 0x00c7 : 0x1305,
  })),
];

const CURVES: Readonly<Record<number, string>> = { 23: 'prime256v1', 24: 'secp384r1', 25: 'secp521r1' };

/** A share of the group that the client prefers. */
function shareOf(group: number, randomOf: (length: number) => Buffer): Buffer | null {
  if (group === 29) return randomOf(32);
  const curve = CURVES[group];
  return curve === undefined ? null : createECDH(curve).generateKeys();
}

/** A ServerHello of TLS 1.3, after which a client waits for more. */
function hello13(
  name: string,
  does: string,
  change: (versions: Uint8Array, share: Uint8Array) => { extensions: readonly Uint8Array[]; extensionsLength?: number },
): FlightRow {
  return {
    name,
    version: 'TLSv1.3',
    does,
    careful: 'refuses',
    why: DECODE,
    make(hello, _bundle, good, randomOf = randomBytes) {
      const cipherSuite = TLS13_SUITES.find((each) => numbers(hello.cipherSuites).includes(each));
      const group = numbers(hello.groups)[0] ?? 0;
      const key = shareOf(group, randomOf);
      if (cipherSuite === undefined || key === null) return null;
      const versions = sixteen(ProtocolVersion['TLSv1.3']);
      const share = Buffer.concat([sixteen(group), vector(2, key)]);
      const right = {
        extensions: [extension(ExtensionType.key_share, share), extension(ExtensionType.supported_versions, versions)],
      };
      const parts = { legacyVersion: ProtocolVersion['TLSv1.2'], random: randomOf(32), cipherSuite };
      const { sessionId } = hello;
      return handshakeRecord(serverHello({ ...parts, sessionId, ...(good ? right : change(versions, share)) }));
    },
  };
}

const IN_TLS13: readonly FlightRow[] = [
  hello13(
    'extensions-length',
    'The extensions of its ServerHello say one byte more than there are.',
    (versions, share) => ({
      extensions: [extension(ExtensionType.key_share, share), extension(ExtensionType.supported_versions, versions)],
      extensionsLength: 1,
    }),
  ),
  hello13(
    'supported-versions-extension-length',
    'The version of its ServerHello says one byte more than there are.',
    (versions, share) => ({
      extensions: [
        extension(ExtensionType.key_share, share),
        longExtension(ExtensionType.supported_versions, versions),
      ],
    }),
  ),
  hello13(
    'key-share-extension-length',
    'The key share of its ServerHello says one byte more than there are.',
    (versions, share) => ({
      extensions: [
        extension(ExtensionType.supported_versions, versions),
        longExtension(ExtensionType.key_share, share),
      ],
    }),
  ),
];

/** The 2,048-bit group of RFC 3526, and its 768-bit one, which is too small. */
const GROUP = getDiffieHellman('modp14');
const SMALL = getDiffieHellman('modp1');
const GOOD: DheParts = { prime: GROUP.getPrime(), generator: GROUP.getGenerator(), share: GROUP.generateKeys() };

function lessOne(prime: Buffer): Buffer {
  const copy = Buffer.from(prime);
  copy.writeUInt8(copy.readUInt8(copy.length - 1) - 1, copy.length - 1);
  return copy;
}

const dhe = (name: string, does: string, why: string, wrong: Partial<DheParts>): FlightRow => ({
  name: `ffdhe/${name}`,
  version: 'TLSv1.2',
  key: 'rsa-2048',
  does,
  careful: 'refuses',
  why,
  make: (hello, bundle, good) =>
    numbers(hello.cipherSuites).includes(0x009e)
      ? dheFlight(bundle, hello.random, { ...GOOD, ...(good ? {} : wrong) })
      : null,
});

const DHE: readonly FlightRow[] = [
  dhe('modulus-length', 'The prime of its DHE says one byte more than there are.', DECODE, { primeLength: 1 }),
  dhe('generator-length', 'The generator of its DHE says one byte more than there are.', DECODE, {
    generatorLength: 1,
  }),
  dhe('share-of-0', 'Sends 0 as its share of DHE.', BOUNDS, { share: Buffer.from([0]) }),
  dhe('share-of-1', 'Sends 1 as its share of DHE.', BOUNDS, { share: Buffer.from([1]) }),
  dhe('share-of-p-minus-1', 'Sends p - 1 as its share of DHE.', BOUNDS, { share: lessOne(GROUP.getPrime()) }),
  dhe(
    'prime-of-768-bits',
    'Offers DHE with a prime of 768 bits.',
    'a group that is too small ends the handshake (RFC 7919 section 3)',
    {
      prime: SMALL.getPrime(),
      generator: SMALL.getGenerator(),
      share: SMALL.generateKeys(),
    },
  ),
];

/** What the host sends to a board as client in place of a TLS server's flight. */
export const FLIGHT_ROWS: readonly FlightRow[] = [...IN_TLS12, ...DHE, ...IN_TLS13, ...RETRIES];
