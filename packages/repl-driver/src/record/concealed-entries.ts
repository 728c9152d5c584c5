import type { Concealer } from '../line/concealer.ts';
import type { SessionEntry } from './session-file.ts';

type Direction = 'host' | 'board';

interface Waiting {
  readonly entry: SessionEntry;
  /** Of an entry that carries bytes; secrets in it become asterisks. */
  readonly bytes: Buffer | null;
  /** The end of it may be the beginning of a secret. */
  open: boolean;
}

const ASTERISK = 0x2a;
/** What does not go on within so much is no secret. */
const LONGEST_WAIT_BYTES = 64 * 1024;

/**
 * Entries in order, without secrets. One that may end in the first half of a secret waits for the bytes that follow in its
 * direction, and those behind it wait with it, so that the order stays.
 */
export class ConcealedEntries {
  readonly #concealer: Concealer;
  readonly #write: (entry: SessionEntry) => void;
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;

  constructor(concealer: Concealer, write: (entry: SessionEntry) => void) {
    this.#concealer = concealer;
    this.#write = write;
  }

  add(entry: SessionEntry): void {
    this.#waiting.push({ entry, bytes: null, open: false });
    this.#release();
  }

  addBytes(ms: number, dir: Direction, chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk);
    this.#waiting.push({ entry: { ms, dir, hex: '' }, bytes, open: false });
    this.#waitingBytes += bytes.length;
    this.#conceal(dir);
    if (this.#waitingBytes > LONGEST_WAIT_BYTES) this.end();
    this.#release();
  }

  /** Nothing follows. */
  end(): void {
    for (const each of this.#waiting) each.open = false;
    this.#release();
  }

  #conceal(dir: Direction): void {
    const pieces = this.#waiting.filter(({ entry, bytes }) => bytes && 'dir' in entry && entry.dir === dir);
    const text = Buffer.concat(pieces.flatMap(({ bytes }) => bytes ?? [])).toString('latin1');
    const [spans, certain] = [this.#concealer.secrets(text), this.#concealer.certain(text)];
    let from = 0;
    for (const piece of pieces) {
      const { bytes } = piece;
      if (!bytes) continue;
      const { length } = bytes;
      for (const { start, end } of spans) {
        if (end > from && start < from + length)
          bytes.fill(ASTERISK, Math.max(0, start - from), Math.min(length, end - from));
      }
      from += bytes.length;
      piece.open = from > certain;
    }
  }

  #release(): void {
    for (let first = this.#waiting[0]; first && !first.open; first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#waitingBytes -= first.bytes?.length ?? 0;
      this.#write(first.bytes ? ({ ...first.entry, hex: first.bytes.toString('hex') } as SessionEntry) : first.entry);
    }
  }
}
