import { SerialPort } from 'serialport';

const DEADLINE_MS = 60_000;

/** A serial port opened like a board's, one character a byte. */
export class SerialConsole implements AsyncDisposable {
  readonly #port: SerialPort;
  #received = '';

  static async open(path: string): Promise<SerialConsole> {
    const port = new SerialPort({ path, baudRate: 115200, autoOpen: false });
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    return new SerialConsole(port);
  }

  private constructor(port: SerialPort) {
    this.#port = port;
    port.on('data', (bytes: Buffer) => {
      this.#received += bytes.toString('latin1');
    });
  }

  get received(): string {
    return this.#received;
  }

  send(text: string): void {
    this.#port.write(Buffer.from(text, 'latin1'));
  }

  /** Everything up to and including `end`, which is forgotten then. */
  async until(end: string | RegExp): Promise<string> {
    const deadline = performance.now() + DEADLINE_MS;
    for (;;) {
      const match = typeof end === 'string' ? this.#received.indexOf(end) : (end.exec(this.#received)?.index ?? -1);
      if (match >= 0) {
        const length = typeof end === 'string' ? end.length : (end.exec(this.#received)?.[0].length ?? 0);
        const text = this.#received.slice(0, match + length);
        this.#received = this.#received.slice(match + length);
        return text;
      }
      if (performance.now() > deadline) throw new Error(`no ${end} came, only ${JSON.stringify(this.#received)}`);
      await pause(3);
    }
  }

  /** Drops what has come and was not asked for. */
  forget(): void {
    this.#received = '';
  }

  /** From any prompt to the raw REPL. */
  async enterRaw(): Promise<void> {
    this.send('\r\x03\r\x01');
    await this.until('raw REPL; CTRL-B to exit\r\n>');
  }

  /** Runs code in the raw REPL; yields its output and its traceback. */
  async exec(code: string): Promise<{ output: string; error: string }> {
    this.send('\x05A\x01');
    await this.until('R\x01\x80\x00\x01');
    for (let at = 0; at < code.length; at += 128) {
      this.send(code.slice(at, at + 128));
      if (at + 128 <= code.length) await this.until('\x01');
    }
    this.send('\x04');
    await this.until('\x04');
    const output = await this.until('\x04');
    const error = await this.until('\x04>');
    return { output: output.slice(0, -1).replaceAll('\r\n', '\n'), error: error.slice(0, -2).replaceAll('\r\n', '\n') };
  }

  /** As `exec`, for code that must not fail. */
  async run(code: string): Promise<string> {
    const { output, error } = await this.exec(code);
    if (error) throw new Error(error);
    return output;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#port.isOpen) await new Promise<void>((resolve) => this.#port.close(() => resolve()));
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
