import { type Board, type OpenLine, openBoard, type Transport } from '../src/index.ts';

/** Chances per byte (noise, loss, doubling) and per chunk (delay, drop, reset). */
export interface ChaosRates {
  readonly noise: number;
  readonly loss: number;
  readonly doubling: number;
  readonly delay: number;
  readonly drop: number;
  readonly reset: number;
}

export interface ChaosOptions {
  readonly rates: ChaosRates;
  /** From 0 to 1, seeded. */
  readonly random: () => number;
  readonly reset: () => Promise<void>;
  /** Longest delay of a chunk in milliseconds; order is kept. */
  readonly longestDelayMs: number;
}

/** A line that changes, loses, doubles and delays bytes, breaks, and resets the board. */
export function chaosLine(inner: Transport, options: ChaosOptions): Transport {
  const { rates, random } = options;
  const listeners = new Set<(chunk: Uint8Array) => void>();
  let broken = false;
  const mangle = (bytes: Uint8Array): Uint8Array => {
    const out: number[] = [];
    for (const byte of bytes) {
      if (random() < rates.loss) continue;
      const value = random() < rates.noise ? Math.floor(random() * 256) : byte;
      out.push(value);
      if (random() < rates.doubling) out.push(value);
    }
    return Uint8Array.from(out);
  };
  const accidents = () => {
    if (random() < rates.reset) void options.reset();
    if (random() < rates.drop && !broken) {
      broken = true;
      void inner.close();
    }
  };
  let incoming = Promise.resolve();
  let outgoing = Promise.resolve();
  const later = async (before: Promise<void>, work: () => void | Promise<void>) => {
    await before;
    if (random() < rates.delay) await new Promise((resolve) => setTimeout(resolve, random() * options.longestDelayMs));
    await work();
  };
  inner.onData((chunk) => {
    accidents();
    const bytes = mangle(chunk);
    incoming = later(incoming, () => {
      for (const listener of listeners) listener(bytes);
    });
  });
  return {
    url: inner.url,
    closed: inner.closed,
    onData(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    write(bytes) {
      accidents();
      const sent = mangle(bytes);
      const writing = later(outgoing, () => inner.write(sent));
      outgoing = writing.catch(() => {});
      return writing;
    },
    close: () => inner.close(),
    [Symbol.asyncDispose]: () => inner.close(),
  };
}

/** A small seeded generator (mulberry32): a run can be repeated from its seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A board on such a line, which may break in the very first bytes. */
export async function openUnder(open: OpenLine, url: string): Promise<Board> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await openBoard(url, { open });
    } catch (error) {
      if (attempt >= 5) throw error;
    }
  }
}
