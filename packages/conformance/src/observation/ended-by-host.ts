/** How a connection ended that the host reset, where the network between decides whether that is a reset or an end. */
export const ENDED_BY_HOST = 'ended by the host';

/** MBEDTLS_ERR_SSL_CONN_EOF: an end of the stream within the handshake. */
const CONN_EOF = -29_312;

/** What a read gives at the end of the stream, and what is there when none was made. */
const NOTHING: readonly unknown[] = [null, undefined, "b''"];

interface Ended {
  readonly end?: unknown;
  readonly at?: unknown;
  readonly error?: { readonly name?: unknown; readonly code?: unknown };
  readonly read?: unknown;
  readonly endOfData?: unknown;
}

function isByHost({ end, error, endOfData }: Ended): boolean {
  if (end === ENDED_BY_HOST) return true;
  if (end === 'fails') return error?.name === 'reset' || error?.code === CONN_EOF;
  return end === 'completes' && NOTHING.includes(endOfData);
}

/**
 * A canonical observation of a connection that the host reset, without what the network decides: a reset and an end of the stream
 * become one. Null for any other outcome, such as a crash, or data that should not be there.
 *
 * @example
 * endedByHost({ end: 'completes', hello: true, read: "b''", endOfData: "b''" })
 * // { end: 'ended by the host', hello: true, read: null }, and so it is for { end: 'fails', error: { name: 'reset' }, … }
 */
export function endedByHost(value: unknown): object | null {
  if (value === null || typeof value !== 'object' || !isByHost(value)) return null;
  const { at: _at, error: _error, endOfData: _end, ...seen } = value as Ended;
  return { ...seen, end: ENDED_BY_HOST, read: NOTHING.includes(seen.read) ? null : seen.read };
}
