import type { WireRecord } from './record-stream.ts';

/** A record of DTLS 1.0 or 1.2 (RFC 6347, section 4.1): it carries its own number. */
export interface DtlsRecord extends WireRecord {
  /** 0 before the first ChangeCipherSpec of its sender, then one more with each. */
  readonly epoch: number;
  readonly sequence: number;
}

const DTLS_RECORD_HEADER = 13;
/** The first byte of the version: 0xfeff is DTLS 1.0, 0xfefd is DTLS 1.2. */
const DTLS_MAJOR = 0xfe;

/** Cuts a datagram into its records. It never throws: what is no whole record is left out. */
export function dtlsRecords(datagram: Uint8Array, atMs: number): DtlsRecord[] {
  const bytes = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const records: DtlsRecord[] = [];
  let at = 0;
  while (at + DTLS_RECORD_HEADER <= bytes.length && bytes[at + 1] === DTLS_MAJOR) {
    const statedLength = bytes.readUInt16BE(at + 11);
    const raw = bytes.subarray(at, at + DTLS_RECORD_HEADER + statedLength);
    records.push({
      type: raw.readUInt8(0),
      version: raw.readUInt16BE(1),
      epoch: raw.readUInt16BE(3),
      sequence: raw.readUIntBE(5, 6),
      fragment: raw.subarray(DTLS_RECORD_HEADER),
      statedLength,
      raw,
      atMs,
    });
    at += raw.length;
  }
  return records;
}

/** The TLS version on which a DTLS version is built, which says how it derives keys and protects; others as they are. */
export function underlyingVersion(version: number): number {
  if (version === 0xfeff) return 0x0302;
  return version === 0xfefd ? 0x0303 : version;
}
