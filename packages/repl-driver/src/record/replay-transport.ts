import { ReplDriverError } from '../errors.ts';
import { escapeBytes } from '../session/traffic-log.ts';
import { type Clock, sleep, systemClock } from '../time/clock.ts';
import type { Transport } from '../transport/transport.ts';
import { TransportEvents } from '../transport/transport-events.ts';
import type { SessionEntry } from './session-file.ts';

export interface ReplayOptions {
  /** True: chunks come with the recorded pauses; false (default): at once. */
  readonly realTime?: boolean;
  readonly clock?: Clock;
}

/** Plays a recorded session: what the board sent comes when the host has sent what it sent then. A host that differs is an error. */
export class ReplayTransport implements Transport {
  readonly url: string;
  readonly #entries: readonly (SessionEntry & { hex: string })[];
  readonly #events = new TransportEvents();
  readonly #realTime: boolean;
  readonly #clock: Clock;
  #at = 0;
  #sent = Buffer.alloc(0);
  #playing = false;

  constructor(url: string, entries: readonly SessionEntry[], options: ReplayOptions = {}) {
    this.url = url;
    this.#entries = entries.filter((entry): entry is SessionEntry & { hex: string } => 'hex' in entry);
    this.#realTime = options.realTime ?? false;
    this.#clock = options.clock ?? systemClock;
    void this.#play();
  }

  get closed() {
    return this.#events.closed;
  }

  /** True when every recorded byte, of both directions, has passed. */
  get finished(): boolean {
    return this.#at === this.#entries.length && this.#sent.length === 0;
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#events.onData(listener);
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#sent = Buffer.concat([this.#sent, bytes]);
    await this.#play();
  }

  async close(): Promise<void> {
    this.#events.close({ kind: 'closed-by-us', message: 'closed by us' });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #play(): Promise<void> {
    if (this.#playing) return;
    this.#playing = true;
    try {
      for (let entry = this.#entries[this.#at]; entry; entry = this.#entries[this.#at]) {
        const bytes = Buffer.from(entry.hex, 'hex');
        if ('dir' in entry && entry.dir === 'host') {
          if (!this.#matches(bytes)) return;
          this.#sent = this.#sent.subarray(bytes.length);
        } else {
          await this.#pause(entry.ms);
          this.#events.data(bytes);
        }
        this.#at++;
      }
    } finally {
      this.#playing = false;
    }
  }

  /** False while bytes are missing. */
  #matches(expected: Buffer): boolean {
    const length = Math.min(expected.length, this.#sent.length);
    if (!expected.subarray(0, length).equals(this.#sent.subarray(0, length))) {
      const message = `The host sent "${escapeBytes(this.#sent.subarray(0, 80))}" where the recorded session has "${escapeBytes(expected.subarray(0, 80))}"; record it anew.`;
      const cause = new ReplDriverError('PROTOCOL', message);
      this.#events.close({ kind: 'error', message, cause });
      throw cause;
    }
    return this.#sent.length >= expected.length;
  }

  #pause(ms: number): Promise<void> {
    const before = this.#entries[this.#at - 1];
    return sleep(this.#clock, this.#realTime && before ? ms - before.ms : 0);
  }
}
