import { ExtensionType } from '../tls/extension-type.ts';
import { HandshakeType } from '../tls/handshake-type.ts';
import { cipherSuiteName, groupName, signatureSchemeName, versionName } from '../tls/names.ts';
import { ByteReader, sixteenBit } from './byte-reader.ts';
import { readAlpn, readExtensions } from './extensions.ts';
import { handshakeMessage } from './handshake-stream.ts';
import type { ClientHello, Sender } from './transcript.ts';

/** A ClientHello as its body says it, with its random bytes (32) and the id of the session that it resumes. */
export type ParsedClientHello = Omit<ClientHello, 'sender' | 'raw'> & {
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
};

export type Protocol = 'tls' | 'dtls';

/**
 * Reads the body of a ClientHello (RFC 5246 7.4.1.2, RFC 8446 4.1.2; RFC 6347 4.2.1 for the cookie of DTLS). Null when the fixed part is cut off; an
 * extension that is malformed is listed by number and gives nothing else.
 *
 * @example parseClientHello(hello.raw.subarray(4))?.serverName; // 'board.test'
 */
export function parseClientHello(body: Uint8Array, protocol: Protocol = 'tls'): ParsedClientHello | null {
  const reader = new ByteReader(body);
  const legacyVersion = reader.number(2);
  const random = reader.take(32);
  const sessionId = reader.vector(1);
  if (protocol === 'dtls') reader.vector(1);
  const cipherSuites = reader.numbers(2);
  reader.vector(1);
  if (reader.short) return null;
  const extensions = readExtensions(reader);
  const data = (type: number): Uint8Array | undefined => extensions.find((found) => found.type === type)?.data;
  const list = (type: number): number[] => {
    const found = data(type);
    return found === undefined ? [] : new ByteReader(found).numbers(2);
  };
  return {
    legacyVersion,
    random,
    sessionId,
    versions: offeredVersions(legacyVersion, data(ExtensionType.supported_versions)),
    cipherSuites: cipherSuites.map((number) => ({ number, name: cipherSuiteName(number) })),
    groups: list(ExtensionType.supported_groups).map((number) => ({ number, name: groupName(number) })),
    signatureAlgorithms: list(ExtensionType.signature_algorithms).map((number) => ({
      number,
      name: signatureSchemeName(number),
    })),
    extensions: extensions.map((extension) => extension.type),
    serverName: serverName(data(ExtensionType.server_name)),
    alpn: readAlpn(data(ExtensionType.application_layer_protocol_negotiation)),
  };
}

/** The ClientHello of the transcript's contract. */
export function clientHello(sender: Sender, body: Uint8Array, protocol: Protocol = 'tls'): ClientHello | null {
  const parsed = parseClientHello(body, protocol);
  if (parsed === null) return null;
  const { random: _random, sessionId: _sessionId, ...hello } = parsed;
  return { sender, ...hello, raw: handshakeMessage(HandshakeType.client_hello, body) };
}

function offeredVersions(legacyVersion: number, data: Uint8Array | undefined): string[] {
  if (data === undefined) return [versionName(legacyVersion)];
  return sixteenBit(new ByteReader(data).vector(1))
    .toSorted((a, b) => b - a)
    .map(versionName)
    .filter((name) => name !== 'GREASE');
}

/** The first host_name of the list (RFC 6066, section 3), exactly as it came. */
function serverName(data: Uint8Array | undefined): string | null {
  if (data === undefined) return null;
  const list = new ByteReader(new ByteReader(data).vector(2));
  while (list.left > 0) {
    const type = list.number(1);
    const name = list.vector(2);
    if (list.short) break;
    if (type === 0) return Buffer.from(name).toString('latin1');
  }
  return null;
}
