import { ReplDriverError } from '../errors.ts';
import { type ReplayOptions, ReplayTransport } from './replay-transport.ts';
import { noncesOf, readSession, type SessionEntry } from './session-file.ts';

/** A recorded session, connection by connection: where the host opened its port again, the next one follows. */
export class ReplaySession {
  /** What the driver drew at random then, in order: the board answers to nothing else. */
  readonly nonces: readonly string[];
  readonly #path: string;
  readonly #connections: SessionEntry[][];
  #last: ReplayTransport | null = null;

  /** Fails with `NO_SUCH_PORT` when the file cannot be read, and with `BAD_VALUE` when it holds no session. */
  constructor(path: string) {
    const entries = readSession(path);
    if (!entries.some((entry) => 'hex' in entry)) {
      throw new ReplDriverError('BAD_VALUE', `The recorded session ${path} holds no bytes; record it again.`);
    }
    this.#path = path;
    this.nonces = noncesOf(entries);
    this.#connections = connectionsOf(entries);
  }

  /**
   * The next connection. Fails with `TRANSPORT_CLOSED` when the recorded session has none, and with what differed once the
   * host did: no later connection is the answer to that.
   */
  connect(url: string, options: ReplayOptions = {}): ReplayTransport {
    if (this.#last?.difference) throw this.#last.difference;
    const entries = this.#connections.shift();
    if (!entries) {
      const message = `The recorded session ${this.#path} ends here, without a further connection; record a longer one.`;
      throw new ReplDriverError('TRANSPORT_CLOSED', message);
    }
    this.#last = new ReplayTransport(url, entries, options);
    return this.#last;
  }
}

function connectionsOf(entries: readonly SessionEntry[]): SessionEntry[][] {
  const connections: SessionEntry[][] = [[]];
  for (const entry of entries) {
    if ('event' in entry && entry.event === 'opened') connections.push([]);
    else connections.at(-1)?.push(entry);
  }
  return connections;
}
