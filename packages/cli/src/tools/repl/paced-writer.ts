import { setTimeout as sleep } from 'node:timers/promises';
import type { Transport } from '@wirewrap/repl-driver';

/** Half of what the board's receive ring holds: pasted text has no flow control. */
const PIECE_BYTES = 128;
/** Milliseconds of silence after which a piece counts as taken, though no echo of its length came: a program reads it. */
const QUIET_MS = 100;
const LOOK_MS = 2;

/** Writes what is typed and pasted in pieces, each after the board has echoed the one before. */
export class PacedWriter implements Disposable {
  readonly #transport: Transport;
  readonly #stop: () => void;
  readonly #now: () => number;
  #awaited = 0;
  #lastMs = 0;

  constructor(transport: Transport, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#transport = transport;
    this.#stop = transport.onData((chunk) => {
      this.#awaited -= chunk.length;
      this.#lastMs = this.#now();
    });
  }

  async write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      // A key that is typed need not wait: the ring has room for it.
      if (this.#awaited + piece.length > PIECE_BYTES) await this.#taken();
      this.#awaited = Math.max(0, this.#awaited) + piece.length;
      this.#lastMs = this.#now();
      await this.#transport.write(piece);
    }
  }

  async #taken(): Promise<void> {
    while (this.#awaited > 0 && this.#now() - this.#lastMs < QUIET_MS) await sleep(LOOK_MS);
    this.#awaited = 0;
  }

  [Symbol.dispose](): void {
    this.#stop();
  }
}
