import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RAW_PASTE, RING_BYTES } from '../line/control.ts';
import { Line } from '../line/line.ts';
import { Deadline } from '../time/deadline.ts';
import type { Transport } from '../transport/transport.ts';
import { TransportEvents } from '../transport/transport-events.ts';
import { rawPaste } from './raw-paste.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);

const WINDOW_OPENS = 0x01;
const END = 0x04;

/** The board's side of raw-paste as `shared/readline` and `pyexec.c` have it: a grant for each window that was consumed. */
class PastingBoard implements Transport {
  readonly url = 'pasting:';
  readonly #events = new TransportEvents();
  readonly #window: number;
  readonly #abortAt: number;
  readonly #sizes: readonly number[];
  #came = Buffer.alloc(0);
  #out = Buffer.alloc(0);
  #turn = 0;
  source = '';
  /** The most bytes that waited in the receive ring. */
  mostWaiting = 0;
  state: 'asked' | 'reading' | 'aborted' | 'done' = 'asked';

  constructor(window: number, abortAt: number, sizes: readonly number[]) {
    this.#window = window;
    this.#abortAt = abortAt;
    this.#sizes = sizes;
  }

  get closed() {
    return this.#events.closed;
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#events.onData(listener);
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#came = Buffer.concat([this.#came, bytes]);
    this.mostWaiting = Math.max(this.mostWaiting, this.#came.length);
    setImmediate(() => this.#read());
  }

  async close(): Promise<void> {}
  async [Symbol.asyncDispose](): Promise<void> {}

  #read(): void {
    if (this.state === 'asked') {
      if (this.#came.length < RAW_PASTE.length) return;
      this.#came = this.#came.subarray(RAW_PASTE.length);
      this.state = 'reading';
      this.#say(Buffer.from([0x52, WINDOW_OPENS, this.#window & 0xff, this.#window >> 8, WINDOW_OPENS]));
    }
    for (const byte of this.#came) this.#take(byte);
    this.#came = Buffer.alloc(0);
  }

  #take(byte: number): void {
    if (byte === END && this.state !== 'done') {
      if (this.state === 'reading') this.#say(Buffer.of(END));
      this.state = 'done';
    } else if (this.state === 'reading') {
      this.source += String.fromCharCode(byte);
      if (this.source.length === this.#abortAt) {
        this.state = 'aborted';
        this.#say(Buffer.of(END));
      } else if (this.source.length % this.#window === 0) this.#say(Buffer.of(WINDOW_OPENS));
    }
  }

  /** In pieces of the given sizes, each in a turn of its own. */
  #say(bytes: Buffer): void {
    const idle = this.#out.length === 0;
    this.#out = Buffer.concat([this.#out, bytes]);
    if (idle) setImmediate(() => this.#deliver());
  }

  #deliver(): void {
    const size = this.#sizes[this.#turn++ % this.#sizes.length] ?? 1;
    const piece = Buffer.from(this.#out.subarray(0, size));
    this.#out = this.#out.subarray(size);
    if (this.#out.length > 0) setImmediate(() => this.#deliver());
    this.#events.data(piece);
  }
}

test('the board gets the source whole, never more than its windows hold, in any chunking of its grants', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 900 }).map((length) => '0123456789abcdef'.repeat(60).slice(0, length)),
      fc.integer({ min: 16, max: 128 }),
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 900 }), { nil: 0 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
      async (source, window, eager, abortAt, sizes) => {
        const board = new PastingBoard(window, abortAt, sizes);
        const line = new Line(board);
        const answer = await rawPaste(line, Buffer.from(source), new Deadline(10_000), { eager });
        await new Promise((resolve) => setTimeout(resolve, 0));
        expect(answer).toBe('accepted');
        const aborted = abortAt > 0 && abortAt <= source.length;
        expect(board.source).toBe(aborted ? source.slice(0, abortAt) : source);
        // The end goes out without a window, as pyboard.py sends it too: the ring of 260 bytes has room for it.
        const windows = Math.max(2 * window, RAW_PASTE.length) + 1;
        expect(board.mostWaiting).toBeLessThanOrEqual(eager ? Math.max(windows, RING_BYTES) : windows);
        if (!aborted) expect([board.state, line.waiting]).toEqual(['done', 0]);
      },
    ),
    { numRuns },
  );
});

test('any answer is a window, a refusal or an error of ours', async () => {
  const bytes = fc.oneof(fc.constantFrom(0x52, 0x01, 0x00, 0x04, 0x80), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 40 }), async (answer) => {
      const events = new TransportEvents();
      const transport = {
        url: 'any:',
        closed: events.closed,
        onData: (listener: (chunk: Uint8Array) => void) => events.onData(listener),
        write: async () => {},
        close: async () => {},
        [Symbol.asyncDispose]: async () => {},
      } satisfies Transport;
      const line = new Line(transport);
      events.data(Uint8Array.from(answer));
      const result = rawPaste(line, Buffer.from('x'.repeat(300)), new Deadline(2), { eager: false });
      expect(await result.catch((error: { code: string }) => error.code)).toMatch(
        /^(accepted|unsupported|PROTOCOL|DEADLINE)$/,
      );
    }),
    { numRuns },
  );
});
