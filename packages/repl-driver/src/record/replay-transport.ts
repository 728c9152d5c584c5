import { ignored } from '../debug.ts';
import { ReplayDifferenceError, ReplDriverError } from '../errors.ts';
import { escapeBytes } from '../line/traffic-log.ts';
import { type Clock, sleep, systemClock } from '../time/clock.ts';
import type { CloseReason, ModemSignals, Transport } from '../transport/transport.ts';
import { TransportEvents } from '../transport/transport-events.ts';
import type { SessionEntry } from './session-file.ts';

export interface ReplayOptions {
  /** True: chunks come with the recorded pauses; false (default): at once. */
  readonly realTime?: boolean;
  /** True: a recorded asterisk stands for any byte of the host's, because secrets were recorded as asterisks. Default false. */
  readonly concealed?: boolean;
  readonly clock?: Clock;
}

const ASTERISK = 0x2a;

/**
 * Plays one connection of a recorded session: what the board sent comes when the host has sent what it sent then. A host
 * that differs is an error; at the end the connection closes.
 */
export class ReplayTransport implements Transport {
  readonly url: string;
  readonly hasSignals: boolean;
  /** Absent where the recorded session set no modem lines. */
  readonly setSignals?: (signals: ModemSignals) => Promise<void>;
  readonly #entries: readonly SessionEntry[];
  readonly #events = new TransportEvents();
  readonly #concealed: boolean;
  readonly #realTime: boolean;
  readonly #clock: Clock;
  #at = 0;
  #difference: ReplayDifferenceError | null = null;
  #sent = Buffer.alloc(0);
  readonly #signals: ModemSignals[] = [];
  #playing = false;

  constructor(url: string, entries: readonly SessionEntry[], options: ReplayOptions = {}) {
    this.url = url;
    this.#entries = entries.filter((entry) => !('note' in entry));
    this.#concealed = options.concealed ?? false;
    this.#realTime = options.realTime ?? false;
    this.#clock = options.clock ?? systemClock;
    this.hasSignals = !entries.some((entry) => 'event' in entry && entry.event === 'no modem lines');
    if (entries.some((entry) => 'dtr' in entry)) this.setSignals = (signals) => this.#setSignals(signals);
    // A host that differs meanwhile has ended the connection already.
    this.#play().catch(ignored('a replay whose host differs'));
  }

  get closed(): Promise<CloseReason> {
    return this.#events.closed;
  }

  /** What the host did otherwise than then; null while it did the same. */
  get difference(): ReplayDifferenceError | null {
    return this.#difference;
  }

  /** True when every recorded byte, of both directions, has passed. */
  get finished(): boolean {
    return this.#at === this.#entries.length && this.#sent.length === 0;
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#events.onData(listener);
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#throwIfClosed();
    this.#sent = Buffer.concat([this.#sent, bytes]);
    await this.#play();
  }

  async close(): Promise<void> {
    this.#events.close({ kind: 'closed-by-us', message: 'closed by us' });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #setSignals(signals: ModemSignals): Promise<void> {
    this.#throwIfClosed();
    this.#signals.push(signals);
    await this.#play();
  }

  /** As a line is closed; one that came to the end of its record tells that itself. */
  #throwIfClosed(): void {
    if (this.#events.reason?.kind !== 'closed-by-us') return;
    throw new ReplDriverError('TRANSPORT_CLOSED', `The replay of ${this.url} was closed; open it again.`);
  }

  async #play(): Promise<void> {
    if (this.#playing) return;
    this.#playing = true;
    try {
      for (let entry = this.#entries[this.#at]; entry; entry = this.#entries[this.#at]) {
        if ('dir' in entry && entry.dir === 'board') await this.#pause(entry.ms);
        if (!this.#passes(entry)) return;
        this.#at++;
      }
      const message = 'the recorded session ends here';
      this.#events.close({ kind: 'closed-by-peer', message } satisfies CloseReason);
    } finally {
      this.#playing = false;
    }
  }

  /** False while the host has not done what it did then. */
  #passes(entry: SessionEntry): boolean {
    if ('dtr' in entry) {
      const signals = this.#signals.shift();
      if (!signals) return false;
      if (signals.dtr !== entry.dtr || signals.rts !== entry.rts) this.#differs(lines(signals), lines(entry), entry);
    } else if ('dir' in entry && entry.dir === 'host') {
      const bytes = Buffer.from(entry.hex, 'hex');
      if (!this.#matches(bytes, entry)) return false;
      this.#sent = this.#sent.subarray(bytes.length);
    } else if ('dir' in entry) {
      this.#events.data(Buffer.from(entry.hex, 'hex'));
    } else if ('event' in entry && entry.event === 'closed') {
      this.#events.close({ kind: 'closed-by-peer', message: 'it ended here in the recorded session' });
    }
    return true;
  }

  /** False while bytes are missing. */
  #matches(expected: Buffer, entry: SessionEntry): boolean {
    const length = Math.min(expected.length, this.#sent.length);
    for (let index = 0; index < length; index++) {
      if (expected[index] === this.#sent[index] || (this.#concealed && expected[index] === ASTERISK)) continue;
      this.#differs(quoted(this.#sent, index), quoted(expected, index), entry);
    }
    return this.#sent.length >= expected.length;
  }

  #differs(did: string, recorded: string, { ms }: SessionEntry): never {
    const cause = new ReplayDifferenceError({ did, recorded, atMs: ms });
    this.#difference = cause;
    this.#events.close({ kind: 'error', message: cause.message, cause });
    throw cause;
  }

  #pause(ms: number): Promise<void> {
    const before = this.#entries[this.#at - 1];
    return sleep(this.#clock, this.#realTime && before ? ms - before.ms : 0);
  }
}

/** Bytes around the first one that differs. */
function quoted(bytes: Buffer, index: number): string {
  const from = Math.max(0, index - 40);
  return `"${from > 0 ? '…' : ''}${escapeBytes(bytes.subarray(from, index + 40))}"`;
}

function lines({ dtr, rts }: ModemSignals): string {
  return `DTR ${Number(dtr)} and RTS ${Number(rts)}`;
}
