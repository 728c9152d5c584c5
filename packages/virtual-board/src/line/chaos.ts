/** What a bad line does, each as a probability from 0 (default) to 1. */
export interface ChaosOptions {
  /** The source of chance, 0 <= x < 1; seed it for a run that can be repeated. */
  readonly random: () => number;
  /** Chance per byte, 0 to 1, that another byte comes instead. Default 0. */
  readonly noise?: number;
  /** Chance per byte, 0 to 1, that it is lost. Default 0. */
  readonly loss?: number;
  /** Chance per byte, 0 to 1, that it comes twice. Default 0. */
  readonly duplicate?: number;
  /** Chance per chunk, 0 to 1, that it and everything after it come later. Default 0. */
  readonly delay?: number;
  /** The longest such delay in milliseconds. Default 50. */
  readonly delayMs?: number;
  /** Chance per chunk, 0 to 1, that all of it is lost. Default 0. */
  readonly drop?: number;
  /** Chance per chunk from the host, 0 to 1, that the board is reset, as by its RTS line. Default 0. */
  readonly reset?: number;
}

export interface ChaosOutcome {
  readonly bytes: Buffer;
  /** Milliseconds that the line stands still before these bytes. */
  readonly stallMs: number;
  readonly reset: boolean;
}

/** What is left of a chunk after a bad line. */
export function disturb(chunk: Buffer, options: ChaosOptions): ChaosOutcome {
  const { random, noise = 0, loss = 0, duplicate = 0, delay = 0, delayMs = 50, drop = 0, reset = 0 } = options;
  const happens = (probability: number) => probability > 0 && random() < probability;
  const stallMs = happens(delay) ? random() * delayMs : 0;
  const resets = happens(reset);
  if (happens(drop)) return { bytes: Buffer.alloc(0), stallMs, reset: resets };
  const out: number[] = [];
  for (const byte of chunk) {
    if (happens(loss)) continue;
    const passed = happens(noise) ? Math.floor(random() * 256) : byte;
    out.push(passed);
    if (happens(duplicate)) out.push(passed);
  }
  return { bytes: Buffer.from(out), stallMs, reset: resets };
}
