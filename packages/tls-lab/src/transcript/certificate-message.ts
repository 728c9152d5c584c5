import { ByteReader } from './byte-reader.ts';

/** The certificates of a Certificate message, DER, leaf first (RFC 5246 7.4.2, RFC 8446 4.4.2). */
export function readCertificates(body: Uint8Array, tls13: boolean): Uint8Array[] {
  const reader = new ByteReader(body);
  if (tls13) reader.vector(1);
  const list = new ByteReader(reader.vector(3));
  const certificates: Uint8Array[] = [];
  while (list.left > 0) {
    const der = list.vector(3);
    if (tls13) list.vector(2);
    if (list.short) break;
    certificates.push(Uint8Array.from(der));
  }
  return certificates;
}

/** Group and signature scheme of a ServerKeyExchange with a named curve (RFC 8422, section 5.4). */
export function readServerKeyExchange(
  body: Uint8Array,
  version: number,
): { readonly group: number; readonly signature: number | null } | null {
  const reader = new ByteReader(body);
  const curveType = reader.number(1);
  const group = reader.number(2);
  reader.vector(1);
  if (reader.short || curveType !== 3) return null;
  const signature = version >= 0x0303 && reader.left >= 2 ? reader.number(2) : null;
  return { group, signature };
}
