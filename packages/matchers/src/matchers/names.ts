import type { VersionName } from './tls-words.ts';

/** `TLSv1.2`, `TLS 1.2`, `tls1.2`, `1.2` and 0x0303 are the same version. */
export function versionName(value: string | number): string {
  if (typeof value === 'number') return value === 0x0301 ? 'TLSv1' : `TLSv1.${(value & 0xff) - 1}`;
  const match = /^(?:tls)?\s*v?\s*1(?:\.([0-3]))?$/i.exec(value.trim());
  if (!match) return value;
  return match[1] === undefined || match[1] === '0' ? 'TLSv1' : `TLSv1.${match[1]}`;
}

/** Whether a word speaks of a version, known or not, and not of a cipher suite. */
export function isVersionName(value: string): value is VersionName {
  return /^(?:d?tls|ssl)?\s*v?\s*\d(?:\.\d)?$/i.test(value.trim());
}

/** How one suite is spelled: IANA, with dashes as mbedTLS does, and OpenSSL's way. */
export function suiteSpellings(iana: string): string[] {
  const openssl = iana
    .replace(/^TLS_(?!AES|CHACHA)/, '')
    .replace(/^RSA_WITH_/, '')
    .replace('_WITH_', '_')
    .replace(/AES_(128|256)/, 'AES$1')
    .replace(/_CBC_/, '_')
    .replace(/(POLY1305)_SHA256$/, iana.startsWith('TLS_CHACHA') ? '$1_SHA256' : '$1');
  const dashed = openssl.startsWith('TLS_') ? openssl : openssl.replaceAll('_', '-');
  // mbedTLS 3 marks the suites of TLS 1.3.
  const mbedtls = iana.replace(/^TLS_(?=AES|CHACHA)/, 'TLS1-3-').replaceAll('_', '-');
  return [iana, iana.replaceAll('_', '-'), mbedtls, dashed];
}

/** `unknown_ca`, `unknown ca`, `UNKNOWN-CA` and OpenSSL's `tlsv1 alert unknown ca` are the same alert. */
export function alertName(value: string): string {
  return value
    .trim()
    .toLowerCase()
    .replace(/^(ssl\/tls|ssl|tls)(v?[0-9.]*)[ _]alert[ _]/, '')
    .replaceAll(/[ -]/g, '_');
}

/** A value against what a test author wrote: the same, one of several, a pattern, or an asymmetric matcher. */
export function fits(actual: unknown, wanted: unknown, equals: (a: unknown, b: unknown) => boolean): boolean {
  if (wanted instanceof RegExp)
    return typeof actual === 'string' && new RegExp(wanted, wanted.flags.replace(/[gy]/g, '')).test(actual);
  return equals(actual, wanted);
}

/** How an expectation is shown in a message. */
export function show(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return value.map(show).join(' or ');
  if (typeof value === 'object' && value !== null && !('asymmetricMatch' in value)) {
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${show(item)}`)
      .join(', ')} }`;
  }
  return String(value);
}
