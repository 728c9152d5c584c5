import { Writable } from 'node:stream';

const CLEAR_LINE = '\r\x1b[2K';

export interface StatusLineOptions {
  /** Whether a line may be drawn and erased again. Default: whether the output is a terminal that can move its cursor. */
  readonly live?: boolean;
}

/** Whether control sequences do what they say: a terminal, and not one of the kind `TERM=dumb`. */
export function canErase(output: NodeJS.WriteStream, env: Readonly<Record<string, string | undefined>>): boolean {
  return output.isTTY === true && env.TERM !== 'dumb';
}

/** Lines that are shown now. */
const SHOWN = new Set<StatusLine>();

/** Removes each line that is shown: an error that ends the command begins at the margin. */
export function removeStatusLines(): void {
  for (const line of SHOWN) line.show('');
}

/**
 * The last line of a terminal: it stays below everything that is written through `stream`. Where the output is no
 * terminal there is no such line, and texts are written as they come.
 */
export class StatusLine {
  readonly #terminal: NodeJS.WriteStream;
  /** The stream's own method: a reporter may replace `write` with one that leads back here. */
  readonly #write: (text: string) => void;
  readonly #live: boolean;
  /** A terminal of the kind `TERM=dumb`: vitest hides the cursor of whatever calls itself a terminal. */
  readonly #dumb: boolean;
  #text = '';
  #column = 0;

  constructor(terminal: NodeJS.WriteStream, { live = canErase(terminal, process.env) }: StatusLineOptions = {}) {
    this.#terminal = terminal;
    const write = terminal.write.bind(terminal) as (text: string) => boolean;
    this.#write = (text) => void write(text);
    this.#live = live;
    this.#dumb = terminal.isTTY === true && !canErase(terminal, process.env);
  }

  get live(): boolean {
    return this.#live;
  }

  /** Where everything else has to be written to. */
  get stream(): Writable {
    if (!this.#live && !this.#dumb) return this.#terminal;
    return new Writable({
      decodeStrings: false,
      write: (chunk: string | Buffer, _encoding, done) => {
        this.write(chunk.toString());
        done();
      },
    });
  }

  /** Writes text above the status line. */
  write(text: string): void {
    if (!this.#live) {
      // The method as it is now: a reporter that draws a window of its own has to know what is written above it.
      this.#terminal.write(text);
      return;
    }
    // A line that is not finished yet is left alone: the status comes back with its end.
    const erase = this.#column === 0 && this.#text ? CLEAR_LINE : '';
    const lastBreak = text.lastIndexOf('\n');
    this.#column = lastBreak < 0 ? this.#column + text.length : text.length - lastBreak - 1;
    this.#write(`${erase}${text}${this.#column === 0 ? this.#text : ''}`);
  }

  /** Shows `text`, cut to the terminal's width; an empty text removes the line. */
  show(text: string): void {
    if (!this.#live) return;
    this.#text = text.slice(0, Math.max(1, (this.#terminal.columns || 80) - 1));
    if (text === '') SHOWN.delete(this);
    else SHOWN.add(this);
    if (this.#column === 0) this.#write(`${CLEAR_LINE}${this.#text}`);
  }
}
