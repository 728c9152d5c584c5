import { ReplayDifferenceError, ReplDriverError } from '../errors.ts';
import { type Clock, sleep, systemClock } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { ByteQueue } from '../transport/byte-queue.ts';
import type { CloseReason, Transport } from '../transport/transport.ts';
import { RAW_BANNER } from './control.ts';
import type { TrafficEvent } from './traffic-event.ts';
import { escapeBytes, TrafficLog } from './traffic-log.ts';

/**
 * MicroPython before 1.20 lets Ctrl-C into its own `_boot.py`, which mounts the file system: without it no file is found
 * until the board restarts (ports/esp32/main.c; since 1.20 that program cannot be interrupted).
 */
const INTERRUPTED_BOOT = /File "_boot\.py", [^\r\n]*\r?\n(?:[^\r\n]*\r?\n)*?KeyboardInterrupt/;
/** Bytes at the end of what was received in which such a traceback, or the raw REPL's banner, may have begun. */
const TAIL_BYTES = 1_024;

/** What was waited for, given all bytes that wait; undefined while it is not there yet. */
export type LineProbe<T> = (waiting: Buffer) => T | undefined;

/** A transport with its received bytes queued, its traffic remembered, and waits that have a deadline. */
export class Line {
  readonly traffic: TrafficLog = new TrafficLog();
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #received = new ByteQueue();
  readonly #listeners = new Set<(event: TrafficEvent) => void>();
  readonly #unsubscribe: () => void;
  #wake: (() => void) | null = null;
  #closeReason: CloseReason | null = null;
  #tail: Buffer = Buffer.alloc(0);
  #bootBrokenOff = false;
  /** When the last byte came, on the clock. */
  lastByteMs = 0;
  /** How long the board took to answer when it was last asked for its prompt. */
  roundTripMs = 0;
  /** Bytes that came, in all. */
  received = 0;

  constructor(transport: Transport, clock: Clock = systemClock) {
    this.#transport = transport;
    this.#clock = clock;
    this.#unsubscribe = transport.onData((chunk) => {
      this.#received.append(chunk);
      const end = Buffer.concat([this.#tail, chunk]);
      this.#bootBrokenOff ||= end.includes('_boot.py') && INTERRUPTED_BOOT.test(end.toString('latin1'));
      this.#tail = end.subarray(-TAIL_BYTES);
      this.#note('board', chunk);
      this.#wake?.();
    });
    void transport.closed.then((reason) => {
      this.#closeReason = reason;
      this.#wake?.();
    });
  }

  get transport(): Transport {
    return this.#transport;
  }

  get closeReason(): CloseReason | null {
    return this.#closeReason;
  }

  get waiting(): number {
    return this.#received.length;
  }

  /** True when the last that came is the raw REPL's banner and prompt. */
  get atRawBanner(): boolean {
    return this.#tail.subarray(-RAW_BANNER.length).toString('latin1') === RAW_BANNER;
  }

  /** Ctrl-C struck before the file system was mounted, and nobody has restarted the board. */
  get bootBrokenOff(): boolean {
    return this.#bootBrokenOff;
  }

  /** The board was restarted: what was said of the boot before counts no more. */
  bootMended(): void {
    this.#bootBrokenOff = false;
    this.#tail = this.#tail.subarray(-RAW_BANNER.length);
  }

  onTraffic(listener: (event: TrafficEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `private` bytes (what is in files may be keys) are sent, but only their number is remembered. */
  async write(bytes: Uint8Array | string, deadline: Deadline, kind: 'open' | 'private' = 'open'): Promise<void> {
    this.#throwIfClosed();
    const data = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
    this.#note('host', data, kind);
    await deadline.race(this.#transport.write(data), `the line to take ${data.length} bytes`);
  }

  /** Resolves with what the probe found. Bytes stay queued until `take`. */
  async until<T>(what: string, deadline: Deadline, probe: LineProbe<T>): Promise<T> {
    for (;;) {
      const found = probe(this.#received.peek());
      if (found !== undefined) return found;
      this.#throwIfClosed();
      await this.#more(what, deadline);
    }
  }

  /** What waits, without removing it: valid until the next byte comes. */
  peek(): Buffer {
    return this.#received.peek();
  }

  take(count?: number): Buffer {
    return this.#received.take(count);
  }

  /** Waits until nothing has come for `quietMs`, or the deadline; returns (and removes) what was received. Never fails. */
  async drain(quietMs: number, deadline: Deadline): Promise<Buffer> {
    const { clock } = deadline;
    const startMs = clock.now();
    const pieces: Buffer[] = [];
    while (!deadline.over && !this.#closeReason) {
      if (this.#received.length > 0) pieces.push(this.take());
      const idleMs = clock.now() - Math.max(startMs, this.lastByteMs);
      if (idleMs >= quietMs) break;
      await sleep(clock, Math.min(quietMs - idleMs + 1, deadline.remainingMs));
    }
    pieces.push(this.take());
    return Buffer.concat(pieces);
  }

  detach(): void {
    this.#unsubscribe();
  }

  #more(what: string, deadline: Deadline): Promise<void> {
    const arrival = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    return deadline
      .race(arrival, what, () => this.#describeWaiting())
      .finally(() => {
        this.#wake = null;
      });
  }

  #describeWaiting(): string {
    const waiting = this.#received.peek();
    return waiting.length === 0 ? 'nothing' : `"${escapeBytes(waiting.subarray(-200))}"`;
  }

  #throwIfClosed(): void {
    if (!this.#closeReason) return;
    if (this.#closeReason.cause instanceof ReplayDifferenceError) throw this.#closeReason.cause;
    throw new ReplDriverError(
      'TRANSPORT_CLOSED',
      `The connection to ${this.#transport.url} is gone (${this.#closeReason.message}); check the cable or the host at the other end.`,
      { cause: this.#closeReason.cause },
    );
  }

  #note(direction: TrafficEvent['direction'], bytes: Uint8Array, kind: 'open' | 'private' = 'open'): void {
    const atMs = this.#clock.now();
    if (direction === 'board') {
      this.lastByteMs = atMs;
      this.received += bytes.length;
    }
    this.traffic.add(direction, kind === 'open' ? bytes : Buffer.from(`(${bytes.length} bytes of content)`));
    for (const listener of this.#listeners) listener({ direction, bytes, atMs });
  }
}
