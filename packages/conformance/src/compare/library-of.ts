import type { RunRecord } from '../run-record.ts';

/** What a virtual board says of the TLS library of its engine (`board.virtual.tls`). */
interface TlsLibrary {
  readonly compiled?: string | null;
  readonly loaded?: string | null;
  readonly package?: string | null;
}

/**
 * The version of the TLS library that really ran, which may be newer than the one that the firmware was compiled with.
 *
 * @example libraryVersion(await readRunRecord('results/latest.json')); // '3.6.6'
 */
export function libraryVersion({ board }: RunRecord): string | null {
  const { loaded } = (board.virtual?.tls ?? {}) as TlsLibrary;
  return loaded ?? board.capabilities?.engine ?? null;
}

/**
 * `3.6.6 (mbedtls 3.6.6-0.1~deb13u1), compiled with 3.6.3`; null where no library is known.
 *
 * @example describeLibrary(await readRunRecord('results/latest.json')); // '3.6.6, compiled with 3.6.3'
 */
export function describeLibrary(record: RunRecord): string | null {
  const version = libraryVersion(record);
  if (version === null) return null;
  const { compiled = null, package: from = null } = (record.board.virtual?.tls ?? {}) as TlsLibrary;
  const source = from === null ? '' : ` (${from})`;
  return `${version}${source}${compiled === null || compiled === version ? '' : `, compiled with ${compiled}`}`;
}
