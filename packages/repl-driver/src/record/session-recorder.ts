import { closeSync, existsSync, fchmodSync, fstatSync, ftruncateSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { ReplDriverError } from '../errors.ts';
import { Concealer } from '../line/concealer.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import type { ModemSignals, Transport } from '../transport/transport.ts';
import { TransportEvents } from '../transport/transport-events.ts';
import { ConcealedEntries } from './concealed-entries.ts';
import type { SessionEntry } from './session-file.ts';

interface RecorderOptions {
  readonly clock?: Clock;
  /** Texts (passwords) that are written as asterisks. */
  readonly secrets?: readonly string[];
}

/**
 * Writes what passes over a session's connections, line by line as it passes, so that a host that dies leaves all that was
 * said. The file is for its owner alone. What it held before goes when the first byte passes.
 */
export class SessionRecorder {
  readonly #path: string;
  readonly #isNew: boolean;
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #entries: ConcealedEntries;
  #file: number | null;
  #begun = false;
  #connections = 0;
  #failure: ReplDriverError | null = null;

  /** Fails with `BAD_VALUE` when the file cannot be written. */
  constructor(path: string, options: RecorderOptions = {}) {
    this.#path = path;
    this.#isNew = !existsSync(path);
    this.#clock = options.clock ?? systemClock;
    this.#startMs = this.#clock.now();
    this.#entries = new ConcealedEntries(new Concealer(options.secrets ?? []), (entry) => this.#write(entry));
    try {
      // Append mode: a write goes to the end also after the file was emptied.
      this.#file = openSync(path, 'a', 0o600);
    } catch (cause) {
      throw unwritable(path, cause);
    }
  }

  /** The transport, with everything that passes recorded. A second one continues the same record. */
  record(inner: Transport): Transport {
    if (this.#connections++ > 0) this.#entries.add({ ms: this.#ms(), event: 'opened' });
    const received = new TransportEvents();
    inner.onData((chunk) => {
      this.#entries.addBytes(this.#ms(), 'board', chunk);
      received.data(chunk);
    });
    void inner.closed.then(({ kind }) => {
      if (kind !== 'closed-by-us') this.#entries.add({ ms: this.#ms(), event: 'closed' });
    });
    const write = (bytes: Uint8Array) => {
      if (this.#failure) return Promise.reject(this.#failure);
      this.#entries.addBytes(this.#ms(), 'host', bytes);
      return inner.write(bytes);
    };
    const setSignals = (signals: ModemSignals) => this.#setSignals(inner, signals);
    return new Proxy(inner, {
      get(target, name) {
        if (name === 'write') return write;
        if (name === 'onData') return received.onData.bind(received);
        const value = Reflect.get(target, name, target);
        if (name === 'setSignals' && value) return setSignals;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  /** Nothing is recorded after this. A file that we made and nothing came into is removed. */
  end(): void {
    if (this.#file === null) return;
    this.#entries.end();
    closeSync(this.#file);
    this.#file = null;
    if (this.#isNew && !this.#begun) unlinkSync(this.#path);
  }

  async #setSignals(inner: Transport, { dtr, rts }: ModemSignals): Promise<void> {
    this.#entries.add({ ms: this.#ms(), dtr, rts });
    await inner.setSignals?.({ dtr, rts });
    if (inner.hasSignals === false) this.#entries.add({ ms: this.#ms(), event: 'no modem lines' });
  }

  #ms(): number {
    return Math.round((this.#clock.now() - this.#startMs) * 10) / 10;
  }

  #write(entry: SessionEntry): void {
    if (this.#file === null || this.#failure) return;
    try {
      if (!this.#begun && fstatSync(this.#file).isFile()) {
        fchmodSync(this.#file, 0o600);
        ftruncateSync(this.#file);
      }
      this.#begun = true;
      writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    } catch (cause) {
      // It comes up in the middle of what the board says: the next call says so.
      this.#failure = unwritable(this.#path, cause);
    }
  }
}

function unwritable(path: string, cause: unknown): ReplDriverError {
  const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const message = `Cannot write the session's record ${path} (${why}); name a file in a folder that can be written.`;
  return new ReplDriverError('BAD_VALUE', message, { cause });
}
