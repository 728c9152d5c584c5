import { openTransport, type Transport } from '@wirewrap/repl-driver';

/** The line's own round trip: a command typed by hand at the raw REPL, no driver between. */
export class BareLine implements AsyncDisposable {
  readonly #transport: Transport;
  #received = '';
  #wake = () => {};

  static async open(path: string): Promise<BareLine> {
    const line = new BareLine(await openTransport(path));
    await line.#say('\r\x03\x01', 'exit\r\n>');
    return line;
  }

  private constructor(transport: Transport) {
    this.#transport = transport;
    transport.onData((chunk) => {
      this.#received += Buffer.from(chunk).toString('latin1');
      this.#wake();
    });
  }

  /** Seconds that each took. */
  async roundTrips(code: string, count: number): Promise<number[]> {
    const times: number[] = [];
    for (let round = 0; round < count; round++) {
      const started = performance.now();
      await this.#say(`${code}\x04`, '\x04\x04>');
      times.push((performance.now() - started) / 1000);
    }
    return times;
  }

  async #say(text: string, end: string): Promise<void> {
    this.#received = '';
    await this.#transport.write(Buffer.from(text));
    while (!this.#received.endsWith(end)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#transport.close();
  }
}
