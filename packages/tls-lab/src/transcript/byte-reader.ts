/** Reads big-endian fields. A field past the end gives `null` from every later read: malformed input never throws. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #short = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** True once a read went past the end. */
  get short(): boolean {
    return this.#short;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(length: number): Uint8Array {
    if (this.#short || length > this.left) {
      this.#short = true;
      return new Uint8Array(0);
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  number(width: 1 | 2 | 3): number {
    let value = 0;
    for (const byte of this.take(width)) value = value * 256 + byte;
    return value;
  }

  /** A vector with a length prefix of `width` bytes. */
  vector(width: 1 | 2 | 3): Uint8Array {
    return this.take(this.number(width));
  }

  /** A vector whose length prefix counts bytes, as a list of 16-bit numbers; an odd last byte makes it short. */
  numbers(width: 1 | 2): number[] {
    return sixteenBit(this.vector(width));
  }
}

/** Pairs of bytes as numbers; a trailing odd byte is dropped. */
export function sixteenBit(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2) numbers.push(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  return numbers;
}
