import { type BoardResetError, isDeadline, ReplDriverError } from '../errors.ts';
import { callBack } from '../line/call-back.ts';
import { RAW_BANNER, RAW_REPL } from '../line/control.ts';
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
/** A prompt without an answer before it, and silence for so long: the board is asked whether it is at its prompt. */
const SILENCE_AT_PROMPT_MS = 300;
/** A prompt without an answer, and what MicroPython may have printed before it, at the end of a program's output. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: 04 ends a part of the answer
const PROMPT_IN_OUTPUT = /\x04(?:[^\x04]*)\x04>(?:raw REPL; CTRL-B to exit\n>)?$/;

type RunEnd = Extract<RunEvent, { kind: 'frame' | 'ended' }>;

/** Reads one run: hands output on, notices resets, stops at the answer. */
export class RunReading {
  output = '';
  /** The board was asked for its prompt: a program that runs on has a byte more to read. */
  asked = false;
  readonly #line: Line;
  readonly #scanner: RunScanner;
  readonly #run: RunWatch;
  readonly #decoder = new OutputDecoder();
  readonly #watch = new ResetWatch();
  /** Asked since the program last printed anything. */
  #waitsForBanner = false;

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
          if (this.#waitsForBanner) this.#waitsForBanner = this.#bannerMayCome();
          this.#emit(this.#decoder.push(bytes));
          break;
        case 'frame':
          this.#emit(this.#decoder.end());
          return event;
        case 'damaged':
          throw protocolError('its checksum does not match');
        case 'ended':
          this.#emit(this.#decoder.end());
          if (this.#scanner.begun) this.output = this.output.replace(PROMPT_IN_OUTPUT, '');
          return event;
      }
    }
  }

  async #next(): Promise<RunEvent> {
    const { deadline } = this.#run;
    const what = this.#scanner.begun ? 'the program to end' : 'the program to begin';
    for (;;) {
      const before = this.#watch.signs(this.#line.peek());
      const atPrompt = this.#mayAsk();
      const patienceMs = PATIENCE_MS[before] ?? (atPrompt ? SILENCE_AT_PROMPT_MS : undefined);
      const patience = patienceMs === undefined ? deadline : deadline.within(patienceMs);
      try {
        const found = await this.#line.until(what, patience, (waiting) => {
          const event = this.#scanner.next(waiting) ?? this.#atBanner(waiting);
          if (event) return event;
          const signs = this.#watch.signs(waiting);
          return signs === before ? undefined : signs;
        });
        if (typeof found === 'object') return found;
      } catch (error) {
        if (!isDeadline(error)) throw error;
        if ((PATIENCE_MS[before] !== undefined || deadline.over) && this.#watch.hasReset(this.#line.peek()))
          throw this.#reset();
        if (!atPrompt || deadline.over) throw error;
        await this.#ask(deadline);
      }
    }
  }

  /** A prompt stands at the end of a program's output. In a transfer what is sent may be data of it. */
  #mayAsk(): boolean {
    if (this.#waitsForBanner || this.#run.onBytes) return false;
    return this.#scanner.promptAtEnd(this.#line.peek()) !== undefined;
  }

  /** At its prompt the raw REPL prints its banner; a program that runs has one more byte on its standard input. */
  async #ask(deadline: Deadline): Promise<void> {
    this.asked = true;
    this.#waitsForBanner = true;
    await this.#line.write(RAW_REPL, deadline);
  }

  /** False when the program printed something else after the prompt that it printed. */
  #bannerMayCome(): boolean {
    const beginnings = Array.from(RAW_BANNER, (_, length) => RAW_BANNER.slice(0, length + 1));
    return beginnings.some((beginning) => this.#scanner.promptAtEnd(Buffer.alloc(0), beginning) !== undefined);
  }

  #atBanner(waiting: Buffer): RunEvent | undefined {
    if (!this.#waitsForBanner) return undefined;
    const traceback = this.#scanner.promptAtEnd(waiting, RAW_BANNER);
    return traceback === undefined ? undefined : { kind: 'ended', bytes: waiting.length, traceback };
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
