/** One record as it crossed the wire. */
export interface WireRecord {
  readonly type: number;
  readonly version: number;
  readonly fragment: Uint8Array;
  /** The length that the header states; more than `fragment.length` when the stream ended inside the record. */
  readonly statedLength: number;
  /** Header and fragment. */
  readonly raw: Uint8Array;
  /** When its last byte was seen. */
  readonly atMs: number;
  /** DTLS only. */
  readonly epoch?: number;
  readonly sequence?: number;
}

const RECORD_HEADER = 5;

/** Cuts one direction of a TCP stream into TLS records. It never throws: what is no record stays in `rest`. */
export class RecordStream {
  #rest: Buffer = Buffer.alloc(0);
  #opaque = false;

  /** True once bytes came that cannot be a TLS record header. */
  get opaque(): boolean {
    return this.#opaque;
  }

  /** Bytes that are not (yet) a whole record. */
  get rest(): Uint8Array {
    return this.#rest;
  }

  push(chunk: Uint8Array, atMs: number): WireRecord[] {
    if (this.#opaque) return [];
    this.#rest = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]);
    const records: WireRecord[] = [];
    while (!this.#opaque) {
      if (this.#rest.length > 1 && this.#rest[1] !== 3) this.#opaque = true;
      if (this.#opaque || this.#rest.length < RECORD_HEADER) break;
      const statedLength = this.#rest.readUInt16BE(3);
      if (this.#rest.length < RECORD_HEADER + statedLength) break;
      records.push(this.#cut(statedLength, atMs));
    }
    return records;
  }

  /** The record that the stream ended in, if it did. */
  unfinished(atMs: number): WireRecord | null {
    if (this.#opaque || this.#rest.length < RECORD_HEADER) return null;
    const statedLength = this.#rest.readUInt16BE(3);
    return { ...this.#cut(this.#rest.length - RECORD_HEADER, atMs), statedLength };
  }

  #cut(length: number, atMs: number): WireRecord {
    const raw = this.#rest.subarray(0, RECORD_HEADER + length);
    this.#rest = this.#rest.subarray(RECORD_HEADER + length);
    return {
      type: raw.readUInt8(0),
      version: raw.readUInt16BE(1),
      fragment: raw.subarray(RECORD_HEADER),
      statedLength: length,
      raw,
      atMs,
    };
  }
}

/** Puts a fragment into a record. */
export function record(type: number, fragment: Uint8Array, version = 0x0303): Buffer {
  const header = Buffer.alloc(RECORD_HEADER);
  header.writeUInt8(type, 0);
  header.writeUInt16BE(version, 1);
  header.writeUInt16BE(fragment.length, 3);
  return Buffer.concat([header, fragment]);
}
