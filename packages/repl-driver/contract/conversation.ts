import type { ReplEngine } from './engines/repl-engine.ts';

const DEADLINE_MS = 30_000;

/** What was sent and what came back, as bytes (one character each). */
export class Conversation {
  readonly engine: ReplEngine;
  readonly #quietMs: number;
  #received = '';

  constructor(engine: ReplEngine, quietMs: number) {
    this.engine = engine;
    this.#quietMs = quietMs;
    engine.onData((bytes) => {
      this.#received += Buffer.from(bytes).toString('latin1');
    });
  }

  async send(text: string): Promise<void> {
    await this.engine.write(Buffer.from(text, 'latin1'));
  }

  /** Waits until `expected` came and nothing follows it; yields everything that came, then forgets it. */
  async answer(expected: string | RegExp): Promise<string> {
    const deadline = performance.now() + DEADLINE_MS;
    let seen = -1;
    while (performance.now() < deadline) {
      const settled = seen === this.#received.length;
      if (settled && this.#matches(expected)) return this.take();
      // What differs already will not become right by waiting.
      if (settled && typeof expected === 'string' && !expected.startsWith(this.#normal())) return this.take();
      seen = this.#received.length;
      await new Promise((resolve) => setTimeout(resolve, this.#quietMs));
    }
    return this.take();
  }

  /** Waits until what came ends so, then forgets it: for getting into a known state. */
  async until(end: RegExp): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!end.test(this.#normal())) {
      if (performance.now() > deadline) throw new Error(`no ${end} came, only ${JSON.stringify(this.take())}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    this.take();
  }

  take(): string {
    const text = this.#normal();
    this.#received = '';
    return text;
  }

  /** Waits for silence and forgets what came. */
  async quiet(ms = 2 * this.#quietMs): Promise<void> {
    for (let seen = -1; seen !== this.#received.length; ) {
      seen = this.#received.length;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
    this.#received = '';
  }

  #matches(expected: string | RegExp): boolean {
    return typeof expected === 'string' ? this.#normal() === expected : expected.test(this.#normal());
  }

  /** An engine that does not turn LF into CRLF is compared without any CR before LF. */
  #normal(): string {
    return this.engine.can.crlf ? this.#received : this.#received.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
  }
}
