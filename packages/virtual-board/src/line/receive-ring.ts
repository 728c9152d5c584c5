/** The ESP32 port's UART receive ring: what does not fit is dropped without a sign (ports/esp32/mphalport.c). */
export class ReceiveRing {
  readonly capacity: number;
  #chunks: Buffer[] = [];
  #length = 0;
  #dropped = 0;

  /** @param capacity bytes; Infinity for a line that never drops */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes lost so far. */
  get dropped(): number {
    return this.#dropped;
  }

  get free(): number {
    return this.capacity - this.#length;
  }

  push(bytes: Buffer): void {
    const kept = bytes.subarray(0, Math.max(0, Math.min(bytes.length, this.free)));
    this.#dropped += bytes.length - kept.length;
    if (kept.length === 0) return;
    this.#chunks.push(Buffer.from(kept));
    this.#length += kept.length;
  }

  /** Takes at most `limit` bytes; with `untilControl` nothing after the first of bytes 01 to 05. */
  take(limit: number, untilControl: boolean): Buffer {
    const all = Buffer.concat(this.#chunks);
    let end = Math.min(limit, all.length);
    if (untilControl) {
      const control = all.subarray(0, end).findIndex((byte) => byte >= 1 && byte <= 5);
      if (control >= 0) end = control + 1;
    }
    const taken = all.subarray(0, end);
    this.#length = all.length - end;
    this.#chunks = this.#length === 0 ? [] : [all.subarray(end)];
    return taken;
  }

  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }
}
