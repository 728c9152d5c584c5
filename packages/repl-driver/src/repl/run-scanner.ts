import { frameCrc } from './agent.ts';

/** What the scanner found next in the bytes that wait. */
export type RunEvent =
  /** The first `bytes` are noise before the program began, or its output. */
  | { readonly kind: 'output' | 'noise'; readonly bytes: number }
  | { readonly kind: 'begin'; readonly bytes: number }
  | { readonly kind: 'frame'; readonly bytes: number; readonly letter: string; readonly payload: string }
  | { readonly kind: 'damaged'; readonly bytes: number }
  /** The raw REPL ended the command without an answer of the agent; `traceback` is what it printed. */
  | { readonly kind: 'ended'; readonly bytes: number; readonly traceback: string };

const GROUP_SEPARATOR = 0x1d;
const DONE = 'D\x04\x04>';
const HEADER = /^([VESC])([\da-f]{1,7}):([\da-f]{8}):/;
const LONGEST_HEADER = 18;
// biome-ignore lint/suspicious/noControlCharactersInRegex: 04 ends a part of the answer
const ENDED = /\x04((?:Traceback \(most recent call last\):\r\n|MemoryError|KeyboardInterrupt)[^\x04]*)?\x04>$/;

/** Finds begin, output and answer of one agent call in the byte stream, in any chunking. */
export class RunScanner {
  readonly #marker: Buffer;
  readonly #nonce: string;
  readonly #checked: boolean;
  #begun = false;

  constructor(nonce: string, options: { checked: boolean }) {
    this.#nonce = nonce;
    this.#marker = Buffer.from(`\x1d${nonce}`, 'latin1');
    this.#checked = options.checked;
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** Undefined when more bytes must come. The caller removes `bytes` before it asks again. */
  next(waiting: Buffer): RunEvent | undefined {
    const at = waiting.indexOf(this.#marker);
    if (at < 0) return this.#withoutMarker(waiting);
    if (at > 0) return this.#text(at);
    const after = waiting.toString('latin1', this.#marker.length, this.#marker.length + LONGEST_HEADER);
    if (after === '') return undefined;
    if (after.startsWith('B') && !this.#begun) {
      this.#begun = true;
      return { kind: 'begin', bytes: this.#marker.length + 1 };
    }
    return this.#frame(waiting, after);
  }

  #frame(waiting: Buffer, after: string): RunEvent | undefined {
    if (after.startsWith('D')) {
      // Without its begin the output was taken for noise.
      if (!this.#begun) return { kind: 'damaged', bytes: this.#marker.length };
      if (after.startsWith(DONE)) return { kind: 'frame', bytes: this.#marker.length + 1, letter: 'D', payload: '' };
      return DONE.startsWith(after) ? undefined : { kind: 'damaged', bytes: this.#marker.length };
    }
    const header = HEADER.exec(after);
    if (!header?.[1] || !header[2] || !header[3]) {
      const couldBecome = /^[VESC][\da-f]{0,7}(?::[\da-f]{0,8})?$/.test(after);
      return couldBecome && after.length < LONGEST_HEADER ? undefined : { kind: 'damaged', bytes: this.#marker.length };
    }
    const start = this.#marker.length + header[0].length;
    const end = start + Number.parseInt(header[2], 16);
    if (waiting.length < end) return undefined;
    const payload = waiting.subarray(start, end);
    if (this.#checked && frameCrc(this.#nonce, header[1], payload) !== Number.parseInt(header[3], 16)) {
      return { kind: 'damaged', bytes: end };
    }
    return { kind: 'frame', bytes: end, letter: header[1], payload: payload.toString('utf8') };
  }

  #withoutMarker(waiting: Buffer): RunEvent | undefined {
    const ended = this.#begun ? null : ENDED.exec(waiting.toString('latin1'));
    if (ended) return { kind: 'ended', bytes: waiting.length, traceback: ended[1] ?? '' };
    if (!this.#begun) return undefined;
    const held = heldBack(waiting, this.#marker);
    return held < waiting.length ? this.#text(waiting.length - held) : undefined;
  }

  #text(bytes: number): RunEvent {
    return { kind: this.#begun ? 'output' : 'noise', bytes };
  }
}

/** Bytes at the end that may be the start of the marker. */
function heldBack(waiting: Buffer, marker: Buffer): number {
  const last = waiting.lastIndexOf(GROUP_SEPARATOR);
  if (last < 0 || waiting.length - last >= marker.length) return 0;
  return marker.subarray(0, waiting.length - last).equals(waiting.subarray(last)) ? waiting.length - last : 0;
}
