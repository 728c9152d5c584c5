import { Writable } from 'node:stream';

const clearLine = '\r\x1b[2K';

/** The last line of a terminal: it stays below everything that is written through `stream`. Nothing where there is no terminal. */
export class StatusLine {
  readonly #terminal: NodeJS.WriteStream;
  readonly #live: boolean;
  #text = '';
  #column = 0;

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
    this.#live = terminal.isTTY === true;
  }

  get live(): boolean {
    return this.#live;
  }

  /** Where everything else has to be written to. */
  get stream(): Writable {
    if (!this.#live) return this.#terminal;
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
      this.#terminal.write(text);
      return;
    }
    // A line that is not finished yet is left alone: the status comes back with its end.
    const erase = this.#column === 0 && this.#text ? clearLine : '';
    const lastBreak = text.lastIndexOf('\n');
    this.#column = lastBreak < 0 ? this.#column + text.length : text.length - lastBreak - 1;
    this.#terminal.write(`${erase}${text}${this.#column === 0 ? this.#text : ''}`);
  }

  /** Shows `text`, cut to the terminal's width; an empty text removes the line. */
  show(text: string): void {
    if (!this.#live) return;
    this.#text = text.slice(0, Math.max(20, (this.#terminal.columns ?? 80) - 1));
    if (this.#column === 0) this.#terminal.write(`${clearLine}${this.#text}`);
  }
}
