import { groupName, HandshakeType, signatureSchemeName } from '@wirewrap/tls-lab';
import type { RawClient, RawMessage } from '../raw/raw-client.ts';
import { message } from '../raw/server-messages.ts';

/** What a server of TLS 1.2 sends behind its ServerHello, up to its ServerHelloDone. */
export interface ServerFlight {
  /** Every message whole, as a CertificateVerify signs them. */
  readonly messages: readonly Buffer[];
  /** Of its ServerKeyExchange: of ECDHE the curve, `prime of 2048 bits` of DHE; null without one. */
  readonly group: string | null;
  readonly prime: Buffer | null;
  /** Of its CertificateRequest, as it orders them; null where it asks for no certificate. */
  readonly signatureAlgorithms: readonly string[] | null;
}

type Part = Partial<Omit<ServerFlight, 'messages'>>;

const PARTS: Readonly<Record<number, (body: Buffer) => Part>> = {
  [HandshakeType.server_key_exchange]: exchanged,
  [HandshakeType.certificate_request]: requested,
};

/** Reads it; where the server breaks off, what came before that. */
export async function readServerFlight(peer: RawClient): Promise<ServerFlight> {
  let flight: ServerFlight = { messages: [], group: null, prime: null, signatureAlgorithms: null };
  for (;;) {
    const came = await peer.next();
    if (typeof came === 'string') return flight;
    flight = { ...flight, ...PARTS[came.type]?.(came.body), messages: [...flight.messages, wholeOf(came)] };
    if (came.type === HandshakeType.server_hello_done) return flight;
  }
}

/** With its header. */
export const wholeOf = ({ type, body }: RawMessage): Buffer => message(type, body);

/** Of ECDHE it begins with `named_curve` (3) and the curve (RFC 8422 section 5.4), of DHE with the prime (RFC 5246 section 7.4.3). */
function exchanged(body: Buffer): Part {
  if (body[0] === 3) return { group: groupName(body.readUInt16BE(1)), prime: null };
  const prime = body.subarray(2, 2 + body.readUInt16BE(0));
  return { group: `prime of ${prime.length * 8} bits`, prime };
}

/** Types of certificates, then pairs of hash and signature (RFC 5246 section 7.4.4). */
function requested(body: Buffer): Part {
  const at = 1 + body.readUInt8(0) + 2;
  const count = body.readUInt16BE(at - 2) / 2;
  const numbers = Array.from({ length: count }, (_, index) => body.readUInt16BE(at + 2 * index));
  return { signatureAlgorithms: numbers.map(signatureSchemeName) };
}
