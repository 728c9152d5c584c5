import { setTimeout as sleep } from 'node:timers/promises';
import type { Transport } from '@wirewrap/repl-driver';

/** Half of what the board's receive ring holds: pasted text has no flow control. */
const pieceBytes = 128;
/** Milliseconds of silence after which a piece counts as taken, though no echo of its length came: a program reads it. */
const quietMs = 100;
const lookMs = 2;

/** Writes what is typed and pasted in pieces, each after the board has echoed the one before. */
export class PacedWriter implements Disposable {
  readonly #transport: Transport;
  readonly #stop: () => void;
  #awaited = 0;
  #lastMs = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.#stop = transport.onData((chunk) => {
      this.#awaited -= chunk.length;
      this.#lastMs = performance.now();
    });
  }

  async write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes);
      // A key that is typed need not wait: the ring has room for it.
      if (this.#awaited + piece.length > pieceBytes) await this.#taken();
      this.#awaited = Math.max(0, this.#awaited) + piece.length;
      this.#lastMs = performance.now();
      await this.#transport.write(piece);
    }
  }

  async #taken(): Promise<void> {
    while (this.#awaited > 0 && performance.now() - this.#lastMs < quietMs) await sleep(lookMs);
    this.#awaited = 0;
  }

  [Symbol.dispose](): void {
    this.#stop();
  }
}
