import { HandshakeType, ProtocolVersion } from '@wirewrap/tls-lab';
import { extension, longer, message, sixteen, vector } from './server-messages.ts';

/** A length that says another number of bytes than there are, such as one more. */
export interface WrongLength {
  readonly of: 'cipher-suites' | 'compression' | 'extensions';
  readonly by: number;
}

export interface ClientHelloParts {
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuites: readonly number[];
  /** Whole, as `extension` makes them. */
  readonly extensions: readonly Uint8Array[];
  /** Null compression alone where there is none. */
  readonly compression?: Uint8Array;
  readonly wrongLength?: WrongLength;
}

/** A ClientHello of TLS 1.2, or of 1.3 where its extensions say so (RFC 8446 section 4.1.2). */
export function clientHello(parts: ClientHelloParts): Buffer {
  const { random, sessionId, cipherSuites, extensions, compression = Buffer.from([0]), wrongLength } = parts;
  const wrong = (of: WrongLength['of'], part: Buffer, width: 1 | 2): Buffer => {
    return wrongLength?.of === of ? longer(part, width, wrongLength.by) : part;
  };
  const body = Buffer.concat([
    sixteen(ProtocolVersion['TLSv1.2']),
    random,
    vector(1, sessionId),
    wrong('cipher-suites', vector(2, ...cipherSuites.map(sixteen)), 2),
    wrong('compression', vector(1, compression), 1),
    wrong('extensions', vector(2, ...extensions), 2),
  ]);
  return message(HandshakeType.client_hello, body);
}

/** An extension whose length says `by` bytes more than there are. */
export function longExtension(type: number, data: Uint8Array, by = 1): Buffer {
  const whole = extension(type, data);
  return Buffer.concat([whole.subarray(0, 2), longer(whole.subarray(2), 2, by)]);
}
