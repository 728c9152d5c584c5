import { createECDH, createPrivateKey, randomBytes, sign } from 'node:crypto';
import type { CertificateBundle } from '@wirewrap/certgen';
import { ContentType, ExtensionType, HandshakeType, ProtocolVersion } from '@wirewrap/tls-lab';

export const sixteen = (number: number): Buffer => Buffer.from([number >> 8, number & 0xff]);
export const vector = (lengthBytes: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(body.length, 0, lengthBytes);
  return Buffer.concat([length, body]);
};

/** SHA-256 of "HelloRetryRequest", which makes a ServerHello one (RFC 8446 section 4.1.3). */
const RETRY_RANDOM = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');

/** P-256 by its number in NamedCurve and the type `named_curve` (RFC 8422 section 5.4). */
const NAMED_CURVE = 3;
const SECP256R1 = 23;

/** What is wrong with a flight; nothing where it is left out. */
export interface FlightChanges {
  readonly cipherSuite?: number;
  /** In place of renegotiation_info. */
  readonly extensions?: readonly Uint8Array[];
  /** Bytes that the length of a part says more than there are. */
  readonly extensionsLength?: number;
  readonly publicKeyLength?: number;
  readonly signatureLength?: number;
}

export interface ServerHelloParts {
  readonly legacyVersion: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuite: number;
  readonly extensions: readonly Uint8Array[];
  /** Bytes that the length of the extensions says more than there are. */
  readonly extensionsLength?: number;
}

/** Handshake messages in one plain record. */
export function handshakeRecord(...messages: readonly Uint8Array[]): Buffer {
  return Buffer.concat([
    Buffer.from([ContentType.handshake]),
    sixteen(ProtocolVersion['TLSv1.2']),
    vector(2, ...messages),
  ]);
}

export const message = (type: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([type]), vector(3, body)]);

export function extension(type: number, data: Uint8Array): Buffer {
  return Buffer.concat([sixteen(type), vector(2, data)]);
}

export function serverHello(parts: ServerHelloParts): Buffer {
  const { legacyVersion, random, sessionId, cipherSuite, extensions, extensionsLength = 0 } = parts;
  const body = [sixteen(legacyVersion), random, vector(1, sessionId), sixteen(cipherSuite), Buffer.from([0])];
  const list = longer(vector(2, ...extensions), 2, extensionsLength);
  return message(HandshakeType.server_hello, Buffer.concat([...body, list]));
}

/** A vector whose length says so many bytes more than there are. */
export function longer(whole: Buffer, lengthBytes: 1 | 2, by = 1): Buffer {
  const copy = Buffer.from(whole);
  copy.writeUIntBE(copy.readUIntBE(0, lengthBytes) + by, 0, lengthBytes);
  return copy;
}

/** A HelloRetryRequest of TLS 1.3 that asks for a share of this group; its version is another where one is given. */
export function helloRetryRequest(
  sessionId: Uint8Array,
  cipherSuite: number,
  group: number,
  version: number = ProtocolVersion['TLSv1.3'],
): Buffer {
  return serverHello({
    legacyVersion: ProtocolVersion['TLSv1.2'],
    random: RETRY_RANDOM,
    sessionId,
    cipherSuite,
    extensions: [
      extension(ExtensionType.supported_versions, sixteen(version)),
      extension(ExtensionType.key_share, sixteen(group)),
    ],
  });
}

/** The first flight of a TLS 1.2 server up to ServerHelloDone, its key exchange signed with this hash; the signature holds. */
export function signedFlight(
  bundle: CertificateBundle,
  clientRandom: Uint8Array,
  signature: { readonly hash: string; readonly scheme: number },
  randomOf: (length: number) => Buffer = randomBytes,
  changes: FlightChanges = {},
): Buffer {
  const random = randomOf(32);
  const hello = serverHello({
    legacyVersion: ProtocolVersion['TLSv1.2'],
    random,
    sessionId: Buffer.alloc(0),
    // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    cipherSuite: changes.cipherSuite ?? 0xc02b,
    extensions: changes.extensions ?? [extension(ExtensionType.renegotiation_info, Buffer.from([0]))],
    ...(changes.extensionsLength === undefined ? {} : { extensionsLength: changes.extensionsLength }),
  });
  const chain = [bundle.leaf, ...bundle.intermediates].map(({ der }) => vector(3, der));
  const point = createECDH('prime256v1').generateKeys();
  const key = longer(vector(1, point), 1, changes.publicKeyLength ?? 0);
  const params = Buffer.concat([Buffer.from([NAMED_CURVE]), sixteen(SECP256R1), key]);
  const signed = Buffer.concat([clientRandom, random, params]);
  const proof = sign(signature.hash, signed, createPrivateKey(bundle.key.pem));
  return handshakeRecord(
    hello,
    message(HandshakeType.certificate, vector(3, ...chain)),
    message(
      HandshakeType.server_key_exchange,
      Buffer.concat([params, sixteen(signature.scheme), longer(vector(2, proof), 2, changes.signatureLength ?? 0)]),
    ),
    message(HandshakeType.server_hello_done, Buffer.alloc(0)),
  );
}

/** What a server of DHE offers, and what is wrong with it. */
export interface DheParts {
  readonly prime: Uint8Array;
  readonly generator: Uint8Array;
  readonly share: Uint8Array;
  /** Bytes that the length of a part says more than there are. */
  readonly primeLength?: number;
  readonly generatorLength?: number;
}

/** The first flight of a TLS 1.2 server with DHE_RSA up to ServerHelloDone; the signature holds. */
export function dheFlight(
  bundle: CertificateBundle,
  clientRandom: Uint8Array,
  { prime, generator, share, primeLength = 0, generatorLength = 0 }: DheParts,
  random: Buffer = randomBytes(32),
): Buffer {
  const hello = serverHello({
    legacyVersion: ProtocolVersion['TLSv1.2'],
    random,
    sessionId: Buffer.alloc(0),
    // TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
    cipherSuite: 0x009e,
    extensions: [extension(ExtensionType.renegotiation_info, Buffer.from([0]))],
  });
  const chain = [bundle.leaf, ...bundle.intermediates].map(({ der }) => vector(3, der));
  const params = Buffer.concat([
    longer(vector(2, prime), 2, primeLength),
    longer(vector(2, generator), 2, generatorLength),
    vector(2, share),
  ]);
  const proof = sign('sha256', Buffer.concat([clientRandom, random, params]), createPrivateKey(bundle.key.pem));
  return handshakeRecord(
    hello,
    message(HandshakeType.certificate, vector(3, ...chain)),
    // rsa_pkcs1_sha256
    message(HandshakeType.server_key_exchange, Buffer.concat([params, sixteen(0x0401), vector(2, proof)])),
    message(HandshakeType.server_hello_done, Buffer.alloc(0)),
  );
}
