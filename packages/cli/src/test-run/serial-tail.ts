import { mkdtempSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { instead } from '../debug.ts';

const POLL_MS = 150;
/** A line, or what the raw REPL ends with Ctrl-D. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Ctrl-D is the raw REPL's separator
const END_OF_PIECE = /\n|\x04/;

/**
 * Shows what a board sends while its worker holds the port: the worker appends it to a file, and
 * this follows the file.
 */
export class SerialTail implements AsyncDisposable {
  readonly path: string;
  readonly #write: (line: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  readonly #timer: NodeJS.Timeout;
  #offset = 0;
  #rest = '';
  #reading: Promise<void> = Promise.resolve();

  constructor(name: string, write: (line: string) => void) {
    // In a folder of our own: the temporary folder is everybody's, and the line may show what only we should see.
    this.path = join(mkdtempSync(join(tmpdir(), 'wirewrap-serial-')), `${name}.log`);
    this.#write = write;
    this.#timer = setInterval(() => {
      this.#reading = this.#reading.then(() => this.#read());
    }, POLL_MS).unref();
  }

  async #read(): Promise<void> {
    const file = await open(this.path).catch(instead(null, 'opening the copy of the serial line'));
    if (!file) return;
    try {
      const { buffer, bytesRead } = await file.read({ position: this.#offset, buffer: Buffer.alloc(64 * 1024) });
      this.#offset += bytesRead;
      const lines = (this.#rest + this.#decoder.write(buffer.subarray(0, bytesRead))).split(END_OF_PIECE);
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#show(line);
    } finally {
      await file.close();
    }
  }

  #show(line: string): void {
    // The raw REPL marks its answers with control characters; they would move the terminal's cursor.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    const text = line.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '').trimEnd();
    // Prompts and acknowledgements (`>`, `OK`) say nothing.
    if (text.length > 2) this.#write(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading;
    await this.#read();
    this.#show(this.#rest);
    await rm(dirname(this.path), { recursive: true, force: true });
  }
}
