/** Bytes that end what is taken at once. */
export type StopBytes = readonly number[];

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

  /** Takes at most `limit` bytes, and nothing after the first of the stop bytes. */
  take(limit: number, stopBytes: StopBytes = []): Buffer {
    const all = Buffer.concat(this.#chunks);
    const stop = all.subarray(0, limit).findIndex((byte) => stopBytes.includes(byte));
    const end = stop >= 0 ? stop + 1 : Math.min(limit, all.length);
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
