import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { debug } from '../debug.ts';
import type { TimerClock } from '../line/clock.ts';

export interface PendingInterruptOptions {
  readonly child: ChildProcess;
  /** Address of the main thread's pending exception in the interpreter. */
  readonly slot: number;
  /** Address of its KeyboardInterrupt. */
  readonly exception: number;
  readonly clock: TimerClock;
  /** Does a Ctrl-C still interrupt? */
  readonly wanted: () => boolean;
}

/** Offset of an exception's traceback, which mp_sched_keyboard_interrupt clears (py/objexcept.h). */
const TRACEBACK_OFFSET = 16;
const WAKE_AGAIN_MS = 10;
/** One that follows at once is the same: the interpreter may be between the two. */
const GAP_MS = 5;

/**
 * Marks KeyboardInterrupt as pending in the interpreter, as the UART's interrupt does on a board: it is raised between
 * two instructions. See firmware/wirewrap_interrupt.py.
 */
export class PendingInterrupt {
  readonly #options: PendingInterruptOptions;
  readonly #memory: number;
  #timer: unknown;
  #raisedMs = Number.NEGATIVE_INFINITY;
  #closed = false;

  /** Undefined where this process may not write the interpreter's memory. */
  static open(options: PendingInterruptOptions): PendingInterrupt | undefined {
    try {
      return new PendingInterrupt(options, openSync(`/proc/${options.child.pid}/mem`, 'r+'));
    } catch (error) {
      debug("the interpreter's memory cannot be written, Ctrl-C goes by SIGINT: %s", error);
      return undefined;
    }
  }

  private constructor(options: PendingInterruptOptions, memory: number) {
    this.#options = options;
    this.#memory = memory;
  }

  raise(): void {
    if (this.#closed) return;
    const { slot, exception, clock } = this.#options;
    if (clock.now() - this.#raisedMs < GAP_MS) return;
    this.#raisedMs = clock.now();
    try {
      writeSync(this.#memory, Buffer.alloc(8), 0, 8, exception + TRACEBACK_OFFSET);
      writeSync(this.#memory, word(exception), 0, 8, slot);
    } catch (error) {
      debug('a Ctrl-C came while the interpreter ended: %s', error);
      return;
    }
    this.#wake();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.clock.clearTimeout(this.#timer);
    closeSync(this.#memory);
  }

  /** Ends a system call that blocks; again when the signal came just before the call did. */
  #wake(): void {
    this.#options.clock.clearTimeout(this.#timer);
    if (this.#closed || !this.#options.wanted() || !this.#isPending()) return;
    this.#options.child.kill('SIGUSR1');
    this.#timer = this.#options.clock.setTimeout(() => this.#wake(), WAKE_AGAIN_MS);
  }

  #isPending(): boolean {
    const value = Buffer.alloc(8);
    try {
      readSync(this.#memory, value, 0, 8, this.#options.slot);
    } catch (error) {
      debug('the interpreter ended: %s', error);
      return false;
    }
    return value.some((byte) => byte !== 0);
  }
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
