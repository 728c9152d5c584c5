import type { TimerClock } from './clock.ts';

export interface PacedLineOptions {
  /** bit/s of an 8N1 line, so ten bit times a byte; 0 is unlimited. */
  readonly baudRate: number;
  /** Milliseconds that every byte takes beyond its transmission time. */
  readonly latencyMs: number;
  readonly clock: TimerClock;
  readonly deliver: (bytes: Buffer) => void;
}

interface Passage {
  bytes: Buffer;
  /** When the first byte of what is left begins to be sent. */
  startMs: number;
}

/** One direction of a serial line: bytes come out in order, at the line's rate, after its latency. */
export class PacedLine {
  readonly #options: PacedLineOptions;
  readonly #byteMs: number;
  /** Bytes of a millisecond: so many are handed on together, as by a UART's buffer, and the last ones when they are through. */
  readonly #atOnce: number;
  #passages: Passage[] = [];
  #freeAtMs = 0;
  #timer: unknown;
  #queued = 0;

  constructor(options: PacedLineOptions) {
    this.#options = options;
    this.#byteMs = options.baudRate > 0 ? 10_000 / options.baudRate : 0;
    this.#atOnce = this.#byteMs > 0 ? Math.max(1, Math.floor(1 / this.#byteMs)) : 1;
  }

  /** Bytes that were pushed and not delivered yet. */
  get queued(): number {
    return this.#queued;
  }

  push(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const idle = this.#queued === 0 && this.#freeAtMs <= this.#options.clock.now();
    if (this.#byteMs === 0 && this.#options.latencyMs === 0 && idle) {
      this.#options.deliver(bytes);
      return;
    }
    const startMs = Math.max(this.#options.clock.now(), this.#freeAtMs);
    this.#freeAtMs = startMs + bytes.length * this.#byteMs;
    this.#passages.push({ bytes, startMs });
    this.#queued += bytes.length;
    this.#schedule();
  }

  /** The line stands still for so many milliseconds; what is pushed from now on waits. */
  stall(ms: number): void {
    this.#freeAtMs = Math.max(this.#options.clock.now(), this.#freeAtMs) + ms;
  }

  clear(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#passages = [];
    this.#queued = 0;
    this.#freeAtMs = 0;
  }

  #schedule(): void {
    const first = this.#passages[0];
    if (this.#timer !== undefined || first === undefined) return;
    const dueMs = first.startMs + Math.min(first.bytes.length, this.#atOnce) * this.#byteMs + this.#options.latencyMs;
    this.#timer = this.#options.clock.setTimeout(() => this.#tick(), Math.max(0, dueMs - this.#options.clock.now()));
  }

  #tick(): void {
    this.#timer = undefined;
    const sentUntilMs = this.#options.clock.now() - this.#options.latencyMs;
    const out: Buffer[] = [];
    for (let passage = this.#passages[0]; passage !== undefined; passage = this.#passages[0]) {
      const elapsed = sentUntilMs - passage.startMs + 1e-6;
      const count = this.#byteMs === 0 ? (elapsed >= 0 ? passage.bytes.length : 0) : Math.floor(elapsed / this.#byteMs);
      const taken = Math.min(Math.max(count, 0), passage.bytes.length);
      if (taken > 0) out.push(passage.bytes.subarray(0, taken));
      this.#queued -= taken;
      if (taken < passage.bytes.length) {
        passage.bytes = passage.bytes.subarray(taken);
        passage.startMs += taken * this.#byteMs;
        break;
      }
      this.#passages.shift();
    }
    if (out.length > 0) this.#options.deliver(Buffer.concat(out));
    this.#schedule();
  }
}
