import { type BoardResetError, isDeadline, ReplDriverError } from '../errors.ts';
import { callBack } from '../line/callback-error.ts';
import type { Line } from '../line/line.ts';
import { type ResetSigns, ResetWatch, SILENCE_AFTER_PROMPT_MS, SILENCE_AFTER_RESET_MS } from '../line/reset-watch.ts';
import type { Deadline } from '../time/deadline.ts';
import { OutputDecoder } from './output-decoder.ts';
import type { RunEvent, RunScanner } from './run-scanner.ts';

/** How a run is watched. */
export interface RunWatch {
  readonly deadline: Deadline;
  readonly onOutput?: ((text: string) => void) | undefined;
  /** Takes the output as bytes instead; `output` is then empty. */
  readonly onBytes?: ((bytes: Uint8Array) => void) | undefined;
  /** Called when the board said that the program began. */
  readonly onBegin?: (() => void) | undefined;
}

/** A program may print what a reset prints, and goes on: a board that did reset is silent then. */
const PATIENCE_MS: Partial<Record<ResetSigns, number>> = {
  rebooting: SILENCE_AFTER_RESET_MS,
  certain: SILENCE_AFTER_PROMPT_MS,
};

type RunEnd = Extract<RunEvent, { kind: 'frame' | 'ended' }>;

/** Reads one run: hands output on, notices resets, stops at the answer. */
export class RunReading {
  output = '';
  readonly #line: Line;
  readonly #scanner: RunScanner;
  readonly #run: RunWatch;
  readonly #decoder = new OutputDecoder();
  readonly #watch = new ResetWatch();

  constructor(line: Line, scanner: RunScanner, run: RunWatch) {
    this.#line = line;
    this.#scanner = scanner;
    this.#run = run;
  }

  async toEnd(): Promise<RunEnd> {
    for (;;) {
      const event = await this.#next();
      const bytes = this.#line.take(event.bytes);
      switch (event.kind) {
        case 'noise':
          this.#watch.add(bytes);
          break;
        case 'begin':
          this.#run.onBegin?.();
          break;
        case 'output':
          if (this.#run.onBytes) {
            this.#run.onBytes(bytes);
            break;
          }
          this.#watch.add(bytes);
          this.#emit(this.#decoder.push(bytes));
          break;
        case 'frame':
          this.#emit(this.#decoder.end());
          return event;
        case 'damaged':
          throw protocolError('its checksum does not match');
        case 'ended':
          return event;
      }
    }
  }

  async #next(): Promise<RunEvent> {
    const { deadline } = this.#run;
    const what = this.#scanner.begun ? 'the program to end' : 'the program to begin';
    for (;;) {
      const before = this.#watch.signs(this.#line.peek());
      const patience = PATIENCE_MS[before] === undefined ? deadline : deadline.within(PATIENCE_MS[before]);
      try {
        const found = await this.#line.until(what, patience, (waiting) => {
          const event = this.#scanner.next(waiting);
          if (event) return event;
          const signs = this.#watch.signs(waiting);
          return signs === before ? undefined : signs;
        });
        if (typeof found === 'object') return found;
      } catch (error) {
        const silent = isDeadline(error) && this.#watch.hasReset(this.#line.peek());
        throw silent && (PATIENCE_MS[before] !== undefined || deadline.over) ? this.#reset() : error;
      }
    }
  }

  #reset(): BoardResetError {
    return this.#watch.error(this.#line.peek(), this.output);
  }

  #emit(text: string): void {
    if (text === '') return;
    this.output += text;
    callBack(() => this.#run.onOutput?.(text));
  }
}

export function protocolError(what: string): ReplDriverError {
  return new ReplDriverError(
    'PROTOCOL',
    `The board's answer is not whole (${what}); the line lost or changed bytes, so check cable and speed.`,
  );
}
