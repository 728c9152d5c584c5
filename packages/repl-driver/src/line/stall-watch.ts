import type { Deadline } from '../time/deadline.ts';
import type { Line } from './line.ts';

/** A board that is silent for so long waits for a byte that was lost. A receiver of files has given up by then. */
export const STALL_MS = 4_000;

/**
 * Ends what a board that fell silent will not end: both ends wait when a byte was lost, the board perhaps deaf to Ctrl-C. What
 * takes its time on the board (flash, hashes) is announced by it, and has the whole deadline.
 */
export class StallWatch {
  /** For the waits of what is watched; passes with the deadline, or when the board fell silent. */
  readonly limit: Deadline;
  /** True while the board does what takes its time. */
  patient = false;
  stalled = false;
  /** Silence that ends it. */
  readonly silenceMs: number;
  readonly #line: Line;
  readonly #startMs: number;
  #cancel: () => void = () => {};

  /** `attempt`: 1 for the first; a board that is slow has twice as long each time. */
  constructor(line: Line, deadline: Deadline, attempt = 1) {
    this.silenceMs = STALL_MS * 2 ** (attempt - 1);
    this.#line = line;
    this.limit = deadline.within(deadline.remainingMs);
    this.#startMs = deadline.clock.now();
    this.#check();
  }

  /** Ends it now. */
  cut(): void {
    this.stop();
    this.limit.abort();
  }

  stop(): void {
    this.#cancel();
  }

  #check(): void {
    const { clock } = this.limit;
    const silentMs = clock.now() - Math.max(this.#startMs, this.#line.lastByteMs);
    if (this.patient || silentMs < this.silenceMs) {
      this.#cancel = clock.after(this.patient ? STALL_MS : this.silenceMs - silentMs, () => this.#check());
      return;
    }
    this.stalled = true;
    this.cut();
  }
}
