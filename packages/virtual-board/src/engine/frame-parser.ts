/** What the interpreter's standard output carries: see firmware/wirewrap_link.py. */
export type EngineOutput =
  | { readonly kind: 'text'; readonly bytes: Buffer }
  | { readonly kind: 'frame'; readonly name: string; readonly payload: Buffer };

const MARK = 0xff;

/** Splits the interpreter's output into text and frames, in any chunking. */
export class FrameParser {
  #rest: Buffer = Buffer.alloc(0);

  *push(chunk: Buffer): Generator<EngineOutput> {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    while (data.length > 0) {
      const mark = data.indexOf(MARK);
      const text = mark < 0 ? data : data.subarray(0, mark);
      if (text.length > 0) yield { kind: 'text', bytes: text };
      if (mark < 0) {
        data = Buffer.alloc(0);
        break;
      }
      data = data.subarray(mark);
      if (data.length < 4) break;
      const end = 4 + data.readUInt16LE(2);
      if (data.length < end) break;
      const frame = data;
      data = data.subarray(end);
      yield { kind: 'frame', name: String.fromCharCode(frame[1] ?? 0), payload: frame.subarray(4, end) };
    }
    this.#rest = data;
  }
}
