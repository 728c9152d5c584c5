import { ExtensionType } from '../tls/extension-type.ts';
import { ByteReader } from './byte-reader.ts';
import { readAlpn, readExtensions } from './extensions.ts';

export interface ServerHello {
  /** The version that was chosen (`supported_versions`, else the field itself). */
  readonly version: number;
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuite: number;
  readonly extensions: readonly number[];
  /** Group of the key share (TLS 1.3). */
  readonly group: number | null;
  readonly alpn: string | null;
  readonly encryptThenMac: boolean;
  readonly preSharedKey: boolean;
  readonly helloRetryRequest: boolean;
}

/** SHA-256 of "HelloRetryRequest" (RFC 8446 4.1.3). */
const HELLO_RETRY_REQUEST = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** Reads the body of a ServerHello; null when the fixed part is cut off. */
export function parseServerHello(body: Uint8Array): ServerHello | null {
  const reader = new ByteReader(body);
  const legacyVersion = reader.number(2);
  const random = reader.take(32);
  const sessionId = reader.vector(1);
  const cipherSuite = reader.number(2);
  reader.number(1);
  if (reader.short) return null;
  const extensions = readExtensions(reader);
  const data = (type: number): Uint8Array | undefined => extensions.find((found) => found.type === type)?.data;
  const supported = data(ExtensionType.supported_versions);
  const keyShare = data(ExtensionType.key_share);
  return {
    version: supported === undefined ? legacyVersion : new ByteReader(supported).number(2),
    random,
    sessionId,
    cipherSuite,
    extensions: extensions.map((extension) => extension.type),
    group: keyShare === undefined ? null : new ByteReader(keyShare).number(2),
    alpn: readAlpn(data(ExtensionType.application_layer_protocol_negotiation))[0] ?? null,
    encryptThenMac: data(ExtensionType.encrypt_then_mac) !== undefined,
    preSharedKey: data(ExtensionType.pre_shared_key) !== undefined,
    helloRetryRequest: Buffer.from(random).toString('hex') === HELLO_RETRY_REQUEST,
  };
}
