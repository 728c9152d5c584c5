/** Bytes in order of arrival: appended at one end, consumed at the other, seen as one piece in between. */
export class ByteQueue {
  #store = Buffer.allocUnsafe(4096);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  append(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#store.length) this.#makeRoom(chunk.length);
    this.#store.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** What waits, without copying: valid until the next append. */
  peek(): Buffer {
    return this.#store.subarray(this.#start, this.#end);
  }

  /** Removes and returns (as a copy) the first bytes. */
  take(count: number = this.length): Buffer {
    const taken = Buffer.from(this.#store.subarray(this.#start, Math.min(this.#end, this.#start + count)));
    this.#start += taken.length;
    if (this.#start === this.#end) this.#start = this.#end = 0;
    return taken;
  }

  #makeRoom(extra: number): void {
    const waiting = this.peek();
    const next =
      waiting.length + extra > this.#store.length / 2 ? Buffer.allocUnsafe((waiting.length + extra) * 2) : this.#store;
    waiting.copy(next, 0);
    this.#store = next;
    this.#end = waiting.length;
    this.#start = 0;
  }
}
