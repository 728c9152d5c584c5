import type { Line } from '../session/line.ts';
import type { Deadline } from '../time/deadline.ts';
import { GIVE_UP_MS } from './receiver.ts';

/** A board that waits for nothing but a byte that was lost is silent for longer than its receiver's own patience. */
export const STALL_MS = GIVE_UP_MS + 2_000;

/**
 * Ends a transfer whose board fell silent: both ends wait when a byte was lost, the board deaf to Ctrl-C. What takes its
 * time on the board (flash, hashes) is announced by it, and has the whole deadline.
 */
export class StallWatch {
  /** For the waits of the transfer; passes with the deadline, or when the board fell silent. */
  readonly limit: Deadline;
  /** True while the board does what takes its time. */
  patient = false;
  stalled = false;
  readonly #line: Line;
  readonly #startMs: number;
  #cancel: () => void = () => {};

  constructor(line: Line, deadline: Deadline) {
    this.#line = line;
    this.limit = deadline.within(deadline.remainingMs);
    this.#startMs = deadline.clock.now();
    this.#check();
  }

  /** Ends the transfer now. */
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
    if (this.patient || silentMs < STALL_MS) {
      this.#cancel = clock.after(this.patient ? STALL_MS : STALL_MS - silentMs, () => this.#check());
      return;
    }
    this.stalled = true;
    this.cut();
  }
}
