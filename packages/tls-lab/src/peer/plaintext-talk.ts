import type { Socket } from 'node:net';
import { bytesOf, expectedEnd, type PlaintextStep } from '../application/start-tls.ts';
import { waitFor } from '../time/wait.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import type { WireLog } from '../transcript/wire-log.ts';

/** How long the board may take for each thing that is expected of it, in milliseconds. */
const STEP_DEADLINE_MS = 10_000;
/** What is kept while something is expected. */
const KEPT = 64 * 1024;

/**
 * Speaks with the board in the clear, before TLS. The bytes are logged; what the board sent beyond the last step is given back to
 * the socket. Rejects when something that was expected did not come.
 */
export async function talkInTheClear(board: Socket, steps: readonly PlaintextStep[], log: WireLog): Promise<void> {
  const incoming = new Incoming(board, log);
  try {
    for (const step of steps) {
      if ('send' in step) {
        const bytes = bytesOf(step.send);
        log.data('peer', bytes);
        board.write(bytes);
      } else await incoming.expect(step.expect);
    }
  } finally {
    incoming.stop();
  }
}

/** What the board sent and nobody took yet. */
class Incoming {
  readonly #board: Socket;
  readonly #log: WireLog;
  #bytes: Buffer = Buffer.alloc(0);
  #changed = Promise.withResolvers<void>();
  #ended = false;

  constructor(board: Socket, log: WireLog) {
    this.#board = board;
    this.#log = log;
    board.on('data', this.#add);
    board.once('end', this.#end);
    board.once('close', this.#end);
    board.resume();
  }

  async expect(expected: string | Uint8Array): Promise<void> {
    const shown = JSON.stringify(bytesOf(expected).toString('latin1'));
    const come = async (): Promise<number> => {
      for (;;) {
        const end = expectedEnd(this.#bytes, expected);
        if (end !== null) return end;
        if (this.#ended || this.#bytes.length > KEPT) return -1;
        await this.#changed.promise;
      }
    };
    const what = `${shown} from the board before TLS`;
    const end = await waitFor(what, come(), { deadlineMs: STEP_DEADLINE_MS }, () => this.#seen());
    this.#take(end < 0 ? this.#bytes.length : end);
    if (end < 0)
      throw new TlsLabError(
        'PLAINTEXT',
        `The board closed, or sent something else, where ${shown} was expected before TLS.`,
      );
  }

  stop(): void {
    this.#board.off('data', this.#add);
    this.#board.off('end', this.#end);
    this.#board.off('close', this.#end);
    this.#board.pause();
    if (this.#bytes.length > 0 && !this.#ended) this.#board.unshift(this.#bytes);
  }

  readonly #add = (chunk: Buffer): void => {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.#wake();
  };

  readonly #end = (): void => {
    this.#ended = true;
    this.#wake();
  };

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  #take(length: number): void {
    if (length > 0) this.#log.data('board', this.#bytes.subarray(0, length));
    this.#bytes = this.#bytes.subarray(length);
  }

  #seen(): string {
    return this.#bytes.length === 0 ? 'nothing' : `${this.#bytes.length} other bytes`;
  }
}
