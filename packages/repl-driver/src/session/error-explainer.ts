import { BoardResetError, CallbackError, type PanicPlace, ReplDriverError } from '../errors.ts';
import { concealError } from '../line/conceal-error.ts';
import { Concealer } from '../line/concealer.ts';
import type { Line } from '../line/line.ts';

/** So many characters of what was received instead are reported at a deadline. */
const CAME_BYTES = 200;

export interface ErrorExplainerOptions {
  /** The line of the session as it is now. */
  readonly line: () => Line;
  /** Texts that must not appear in errors. */
  readonly secrets: readonly string[];
  /** Says where a panic was, for the end of a sentence. */
  readonly explainPanic?: ((place: PanicPlace) => Promise<string>) | undefined;
}

/** Makes of an error what its caller is shown: with the last serial traffic, with the place of a panic, without secrets. */
export class ErrorExplainer {
  readonly #options: ErrorExplainerOptions;
  readonly #concealer: Concealer;

  constructor(options: ErrorExplainerOptions) {
    this.#options = options;
    this.#concealer = new Concealer(options.secrets);
  }

  /** A callback's error stays as it is. */
  async explained<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof CallbackError) throw thrown.cause;
      const error = await this.#placed(thrown);
      this.giveTraffic(error);
      if (error instanceof ReplDriverError) concealError(error, this.#concealer);
      throw error;
    }
  }

  /** The last traffic, where an error has none yet. */
  giveTraffic(error: unknown): void {
    if (!(error instanceof ReplDriverError) || error.traffic !== '') return;
    error.traffic = this.#options.line().traffic.toString(this.#concealer);
  }

  /** The end of so many bytes that the board has sent. */
  came(bytes: number): string {
    const shown = Math.min(bytes, CAME_BYTES);
    return shown <= 0 ? 'nothing' : `"${this.#options.line().traffic.lastOf('board', shown, this.#concealer)}"`;
  }

  /** A text without secrets. */
  concealed(text: string): string {
    return this.#concealer.text(text);
  }

  /** A panic with the file and line of its calls, where there is an ELF that says them. */
  async #placed(error: unknown): Promise<unknown> {
    const { explainPanic } = this.#options;
    if (!(error instanceof BoardResetError) || error.place === null || explainPanic === undefined) return error;
    const { resetCause, output, place, traffic } = error;
    const reason = `${error.reason}, ${await explainPanic(place)}`;
    const told = new BoardResetError('BOARD_PANIC', { resetCause, reason, output, place });
    told.traffic = traffic;
    return told;
  }
}
