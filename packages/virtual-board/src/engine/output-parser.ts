/** What the interpreter's standard output carries: see firmware/wirewrap_link.py. */
export type EngineOutput =
  | { readonly kind: 'text'; readonly bytes: Buffer }
  | { readonly kind: 'binary'; readonly bytes: Buffer };

/** Length of the payload, u16-LE. */
const LENGTH_BYTES = 2;

/**
 * Splits the interpreter's standard output into text, whose LF becomes CRLF, and binary output, which goes out as it is.
 * Binary output follows a mark: random bytes that are new for each interpreter, so that nothing that a program prints is
 * taken for one. Somebody who guessed the mark could print bytes without CRLF, which `sys.stdout.buffer` offers anyway.
 */
export class OutputParser {
  readonly #mark: Buffer;
  #rest: Buffer = Buffer.alloc(0);

  constructor(mark: Buffer) {
    this.#mark = mark;
  }

  /** What begins like a mark is kept until it is clear what it is; `flush` gives it up. */
  *push(chunk: Buffer): Generator<EngineOutput> {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = Buffer.alloc(0);
    while (data.length > 0) {
      const at = this.#markIn(data);
      if (at > 0) yield { kind: 'text', bytes: data.subarray(0, at) };
      data = data.subarray(at);
      const head = this.#mark.length + LENGTH_BYTES;
      if (data.length < head) break;
      const end = head + data.readUInt16LE(this.#mark.length);
      if (data.length < end) break;
      yield { kind: 'binary', bytes: data.subarray(head, end) };
      data = data.subarray(end);
    }
    this.#rest = data;
  }

  /** Does the output end with bytes that could become a mark, but are not one yet? */
  get isUndecided(): boolean {
    return this.#rest.length > 0 && this.#rest.length < this.#mark.length;
  }

  /** Bytes that looked like the beginning of a mark and are text: nothing follows them. */
  flush(): Buffer {
    if (!this.isUndecided) return Buffer.alloc(0);
    const text = this.#rest;
    this.#rest = Buffer.alloc(0);
    return text;
  }

  /** Where the mark, or what may become one at the end, begins; the length of `data` when there is neither. */
  #markIn(data: Buffer): number {
    const whole = data.indexOf(this.#mark);
    if (whole >= 0) return whole;
    for (let length = Math.min(this.#mark.length - 1, data.length); length > 0; length--) {
      if (data.subarray(data.length - length).equals(this.#mark.subarray(0, length))) return data.length - length;
    }
    return data.length;
  }
}
