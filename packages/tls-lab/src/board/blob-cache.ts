import { createHash } from 'node:crypto';
import { type Board, type CallOptions, py } from '@wirewrap/repl-driver';

/** Bytes that the board keeps from case to case; more would eat the heap that a handshake needs. */
const KEEP_BYTES = 4096;

/** Longer bytes go by `files.upload`: its receiver costs less there than a third more text. */
const INLINE_BYTES = 2048;

/** Keys and certificates that are on the board already, so that no case sends them again. */
export class BlobCache {
  readonly #board: Board;
  /** Size by key, the least recently used first. */
  readonly #kept = new Map<number, number>();

  constructor(board: Board) {
    this.#board = board;
  }

  /** A number: MicroPython never frees the short strings of a source text, numbers it does. */
  static key(bytes: Uint8Array): number {
    return createHash('sha256').update(bytes).digest().readUIntBE(0, 6);
  }

  /** The board lost its globals. */
  forget(): void {
    this.#kept.clear();
  }

  /** Makes all these bytes be on the board; drops others when they are too many. */
  async ensure(blobs: readonly Uint8Array[], options?: CallOptions): Promise<void> {
    const wanted = new Map(blobs.map((bytes) => [BlobCache.key(bytes), bytes]));
    const missing = [...wanted].filter(([key]) => !this.#kept.has(key));
    // Dropping goes with sending: without the one the board would keep what the host forgot.
    let dropped: readonly number[] = missing.length === 0 ? [] : this.#makeRoom(wanted);
    for (const [key, bytes] of missing) {
      await this.#send(key, bytes, dropped, options);
      dropped = [];
    }
    for (const [key, bytes] of wanted) {
      this.#kept.delete(key);
      this.#kept.set(key, bytes.length);
    }
  }

  #makeRoom(wanted: ReadonlyMap<number, Uint8Array>): number[] {
    let total = [...wanted.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    for (const [key, size] of this.#kept) total += wanted.has(key) ? 0 : size;
    const dropped: number[] = [];
    for (const [key, size] of this.#kept) {
      if (total <= KEEP_BYTES) break;
      if (wanted.has(key)) continue;
      dropped.push(key);
      total -= size;
    }
    for (const key of dropped) this.#kept.delete(key);
    return dropped;
  }

  /** What is dropped goes with the same call. */
  async #send(key: number, bytes: Uint8Array, dropped: readonly number[], options?: CallOptions): Promise<void> {
    if (bytes.length <= INLINE_BYTES) {
      const text = Buffer.from(bytes).toString('base64');
      await this.#board.exec(py`_wwput(${dropped}, ${key}, ${text})`, options);
      return;
    }
    if (dropped.length > 0) await this.#board.exec(py`for k in ${dropped}: _wwb.pop(k, None)`, options);
    await this.#board.files.upload('_wwup', bytes, options);
    await this.#board.exec(py`_wwb[${key}] = globals().pop('_wwup')`, options);
  }
}
