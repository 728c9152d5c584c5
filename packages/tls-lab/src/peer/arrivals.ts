import { waitFor } from '../time/wait.ts';
import type { Transcript } from '../transcript/transcript.ts';

/** A connection that came, over TCP or UDP. */
export interface Arrival extends AsyncDisposable {
  readonly log: { readonly bytes: number };
  readonly closed: Promise<void>;
  transcript(): Promise<Transcript>;
}

/** Connections that are kept for somebody who asks for them, and the bytes that they may hold in all. */
const MOST = 100;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The connections of one server that nobody has asked for yet, in order. At most 100 that hold 64 MiB are kept: then the
 * oldest is forgotten (and goes on if it is still open), so that a server on which nobody asks does not grow.
 */
export class Arrivals<Connection extends Arrival> implements AsyncDisposable {
  readonly #waiting: Connection[] = [];
  readonly #open = new Set<Connection>();
  readonly #claims: ((connection: Connection) => void)[] = [];

  add(connection: Connection): void {
    this.#open.add(connection);
    connection.closed.then(() => {
      this.#open.delete(connection);
      this.#forgetOldest();
    });
    const claim = this.#claims.shift();
    if (claim === undefined) this.#waiting.push(connection);
    else claim(connection);
    this.#forgetOldest();
  }

  /** The next one, as soon as there is one; the error of the deadline says what it was waited for. */
  async next(what: string, deadlineMs: number, signal?: AbortSignal): Promise<Connection> {
    const first = this.#waiting.shift();
    if (first !== undefined) return first;
    const { promise, resolve } = Promise.withResolvers<Connection>();
    this.#claims.push(resolve);
    try {
      return await waitFor(what, promise, { deadlineMs, signal });
    } finally {
      const at = this.#claims.indexOf(resolve);
      if (at >= 0) this.#claims.splice(at, 1);
    }
  }

  /** Those that are open now. */
  get open(): number {
    return this.#open.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = new Set([...this.#open, ...this.#waiting]);
    await Promise.all([...all].map((connection) => connection[Symbol.asyncDispose]()));
  }

  #forgetOldest(): void {
    const held = (): number => this.#waiting.reduce((sum, { log }) => sum + log.bytes, 0);
    while (this.#waiting.length > MOST || (this.#waiting.length > 1 && held() > MOST_BYTES)) {
      const oldest = this.#waiting.shift();
      // Its own end disposes of it when it is closed; one that is open still belongs to its board.
      if (oldest !== undefined) void oldest.closed.then(() => oldest[Symbol.asyncDispose]());
    }
  }
}
