import type { Socket } from 'node:net';

/** Why no bytes came. */
export type NoBytes = 'silence' | 'the end';

/** What a socket received, taken in pieces of a given length. */
export class SocketBytes {
  #bytes = Buffer.alloc(0);
  #ended = false;
  #wake: () => void = () => {};

  constructor(socket: Socket) {
    socket.on('data', (bytes: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#wake();
    });
    socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
    socket.on('end', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** So many bytes; `silence` when they did not come in time, `the end` when none come any more. */
  async take(
    length: number,
    deadlineMs: number,
    now: () => number = () => performance.now(),
  ): Promise<Buffer | NoBytes> {
    const end = now() + deadlineMs;
    while (this.#bytes.length < length) {
      if (this.#ended) return 'the end';
      const left = end - now();
      if (left <= 0) return 'silence';
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }
}
