import { cipherSuiteName, groupName, versionName } from '../tls/names.ts';
import { parseServerHello } from './server-hello.ts';

/** What a ServerHello chose, by its names. */
export interface ParsedServerHello {
  /** `TLSv1.2`: of `supported_versions`, else of the field itself. */
  readonly version: string;
  readonly cipherSuite: string;
  /** Of the key share (TLS 1.3); null without one. */
  readonly group: string | null;
  /** By their numbers, in the order in which they came. */
  readonly extensions: readonly number[];
  readonly helloRetryRequest: boolean;
}

/**
 * Reads the body of a ServerHello (RFC 5246 7.4.1.3, RFC 8446 4.1.3). Null when the fixed part is cut off.
 *
 * @example readServerHello(message.subarray(4))?.cipherSuite; // 'TLS_AES_128_GCM_SHA256'
 */
export function readServerHello(body: Uint8Array): ParsedServerHello | null {
  const hello = parseServerHello(body);
  if (hello === null) return null;
  const { version, cipherSuite, group, extensions, helloRetryRequest } = hello;
  return {
    version: versionName(version),
    cipherSuite: cipherSuiteName(cipherSuite),
    group: group === null ? null : groupName(group),
    extensions,
    helloRetryRequest,
  };
}
