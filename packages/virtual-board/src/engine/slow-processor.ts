import { readFileSync } from 'node:fs';
import { debug } from '../debug.ts';
import type { TimerClock } from '../line/clock.ts';

export interface SlowProcessorOptions {
  readonly pid: number;
  /** How many times slower than this machine, from 1. */
  readonly factor: number;
  readonly clock: TimerClock;
  /** Sends SIGSTOP and SIGCONT to the process; false when it has ended. */
  readonly signal: (name: 'SIGSTOP' | 'SIGCONT') => boolean;
}

/** How long the process runs before the time that it used is looked at. */
const SLICE_MS = 4;

/**
 * Makes a process as slow as a chip: after each moment of processor time it stands still for `factor - 1` such moments.
 * One that waits (for the line, a socket, a sleep) is not touched, so that its answers to short questions stay quick.
 */
export class SlowProcessor {
  readonly #options: SlowProcessorOptions;
  #timer: unknown;
  #usedMs: number;
  #isStopped = false;
  #isClosed = false;

  constructor(options: SlowProcessorOptions) {
    this.#options = options;
    this.#usedMs = processorMs(options.pid) ?? 0;
    this.#run();
  }

  close(): void {
    this.#isClosed = true;
    this.#options.clock.clearTimeout(this.#timer);
    if (this.#isStopped) this.#options.signal('SIGCONT');
  }

  #run(): void {
    this.#timer = this.#options.clock.setTimeout(() => this.#measure(), SLICE_MS);
  }

  #measure(): void {
    const usedMs = processorMs(this.#options.pid);
    if (usedMs === undefined || this.#isClosed) return;
    const pauseMs = (usedMs - this.#usedMs) * (this.#options.factor - 1);
    if (pauseMs < 1) {
      this.#run();
      return;
    }
    this.#usedMs = usedMs;
    if (!this.#options.signal('SIGSTOP')) return;
    this.#isStopped = true;
    this.#timer = this.#options.clock.setTimeout(() => {
      this.#isStopped = false;
      if (this.#options.signal('SIGCONT')) this.#run();
    }, pauseMs);
  }
}

/** Processor time that a process has used, in ms; undefined when it has ended. */
function processorMs(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
  } catch (error) {
    debug('no processor time of %d: %s', pid, error);
    return undefined;
  }
}
