import { createECDH, createPrivateKey, randomBytes, sign } from 'node:crypto';
import type { CertificateBundle } from '@wirewrap/certgen';
import { ContentType, ExtensionType, HandshakeType, ProtocolVersion } from '@wirewrap/tls-lab';

const sixteen = (number: number): Buffer => Buffer.from([number >> 8, number & 0xff]);
const vector = (lengthBytes: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Buffer => {
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

export interface ServerHelloParts {
  readonly legacyVersion: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuite: number;
  readonly extensions: readonly Uint8Array[];
}

/** Handshake messages in one plain record. */
export function handshakeRecord(...messages: readonly Uint8Array[]): Buffer {
  return Buffer.concat([
    Buffer.from([ContentType.handshake]),
    sixteen(ProtocolVersion['TLSv1.2']),
    vector(2, ...messages),
  ]);
}

const message = (type: number, body: Uint8Array): Buffer => Buffer.concat([Buffer.from([type]), vector(3, body)]);

export function extension(type: number, data: Uint8Array): Buffer {
  return Buffer.concat([sixteen(type), vector(2, data)]);
}

export function serverHello({ legacyVersion, random, sessionId, cipherSuite, extensions }: ServerHelloParts): Buffer {
  const body = [sixteen(legacyVersion), random, vector(1, sessionId), sixteen(cipherSuite), Buffer.from([0])];
  return message(HandshakeType.server_hello, Buffer.concat([...body, vector(2, ...extensions)]));
}

/** A HelloRetryRequest of TLS 1.3 that asks for a share of this group. */
export function helloRetryRequest(sessionId: Uint8Array, cipherSuite: number, group: number): Buffer {
  return serverHello({
    legacyVersion: ProtocolVersion['TLSv1.2'],
    random: RETRY_RANDOM,
    sessionId,
    cipherSuite,
    extensions: [
      extension(ExtensionType.supported_versions, sixteen(ProtocolVersion['TLSv1.3'])),
      extension(ExtensionType.key_share, sixteen(group)),
    ],
  });
}

/** The first flight of a TLS 1.2 server up to ServerHelloDone, its key exchange signed with this hash. */
export function signedFlight(
  bundle: CertificateBundle,
  clientRandom: Uint8Array,
  signature: { readonly hash: string; readonly scheme: number },
  randomOf: (length: number) => Buffer = randomBytes,
): Buffer {
  const random = randomOf(32);
  const hello = serverHello({
    legacyVersion: ProtocolVersion['TLSv1.2'],
    random,
    sessionId: Buffer.alloc(0),
    // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    cipherSuite: 0xc02b,
    extensions: [extension(ExtensionType.renegotiation_info, Buffer.from([0]))],
  });
  const chain = [bundle.leaf, ...bundle.intermediates].map(({ der }) => vector(3, der));
  const point = createECDH('prime256v1').generateKeys();
  const params = Buffer.concat([Buffer.from([NAMED_CURVE]), sixteen(SECP256R1), vector(1, point)]);
  const signed = Buffer.concat([clientRandom, random, params]);
  const proof = sign(signature.hash, signed, createPrivateKey(bundle.key.pem));
  return handshakeRecord(
    hello,
    message(HandshakeType.certificate, vector(3, ...chain)),
    message(HandshakeType.server_key_exchange, Buffer.concat([params, sixteen(signature.scheme), vector(2, proof)])),
    message(HandshakeType.server_hello_done, Buffer.alloc(0)),
  );
}
