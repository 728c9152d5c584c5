import { boardText } from '../python/board-text.ts';
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

interface RunScannerOptions {
  /** What the board sends just before the program runs. */
  readonly begin: string;
  /** Whether the board has CRC-32. */
  readonly checked: boolean;
  /** True when the prompt after the call before may still come. */
  readonly promptOwed?: boolean;
  /** True when the agent stays: no prompt follows its end, and nothing else either. */
  readonly stays?: boolean;
}

const FRAME = '\x1d';
const DONE = '\x1e';
export const PROMPT = '\x04\x04>';
/** What the prompt ends with also behind a traceback. */
export const PROMPT_END = '\x04>';
const HEADER = /^([VESC])([\da-f]{1,7}):([\da-f]{8}):/;
const LIKE_HEADER = /^[VESCT]|:[\da-f]{4}/;
const LONGEST_HEADER = 18;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the frame's first byte
const REFUSED = /\x1d([\dA-Za-z]{3})C0:([\da-f]{8}):/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: 04 ends a part of the answer
const ENDED = /\x04((?:Traceback \(most recent call last\):\r\n|\w+(?:Error|Interrupt))[^\x04]*)?\x04>$/;
/** So much of the end of the output is remembered: a traceback and a prompt. */
const TAIL_CHARACTERS = 4_096;
/** After so much output an end counts when the prompt follows it: what prints megabytes may print anything. */
const BRIEF_OUTPUT_BYTES = 256;

/** Finds begin, output and answer of one agent call in the byte stream, in any chunking. */
export class RunScanner {
  readonly #begin: Buffer;
  readonly #frame: Buffer;
  readonly #done: Buffer;
  readonly #nonce: string;
  readonly #checked: boolean;
  readonly #stays: boolean;
  #promptOwed: boolean;
  #begun = false;
  #tail = '';
  #outputBytes = 0;

  constructor(nonce: string, { begin, checked, promptOwed = false, stays = false }: RunScannerOptions) {
    this.#nonce = nonce;
    this.#begin = Buffer.from(begin, 'latin1');
    this.#frame = Buffer.from(FRAME + nonce, 'latin1');
    this.#done = Buffer.from(DONE + nonce, 'latin1');
    this.#checked = checked;
    this.#promptOwed = promptOwed;
    this.#stays = stays;
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** Undefined when more bytes must come. The caller removes `bytes` before it asks again. */
  next(waiting: Buffer): RunEvent | undefined {
    return this.#begun ? this.#running(waiting) : this.#starting(waiting);
  }

  #starting(waiting: Buffer): RunEvent | undefined {
    const at = waiting.indexOf(this.#begin);
    const answer = this.#earliest(waiting);
    if (at >= 0 && (answer < 0 || at <= answer)) {
      if (at > 0) return { kind: 'noise', bytes: at };
      this.#begun = true;
      return { kind: 'begin', bytes: this.#begin.length };
    }
    if (answer > 0) return { kind: 'noise', bytes: answer };
    if (answer === 0) return this.#answer(waiting);
    return this.#refused(waiting) ?? this.#ended(waiting);
  }

  /** The nonce itself may be what arrived damaged: no program began, so that a refusal can be of this call only. */
  #refused(waiting: Buffer): RunEvent | undefined {
    const found = REFUSED.exec(waiting.toString('latin1'));
    if (
      !found ||
      !this.#checked ||
      frameCrc(found[1] ?? '', 'C', Buffer.alloc(0)) !== Number.parseInt(found[2] ?? '', 16)
    )
      return undefined;
    return { kind: 'frame', bytes: found.index + found[0].length, letter: 'C', payload: '' };
  }

  #ended(waiting: Buffer): RunEvent | undefined {
    const ended = ENDED.exec(waiting.toString('latin1'));
    if (!ended) return undefined;
    const owed = this.#promptOwed ? waiting.indexOf(PROMPT, 0, 'latin1') : -1;
    if (owed < 0) return { kind: 'ended', bytes: waiting.length, traceback: ended[1] ?? '' };
    this.#promptOwed = false;
    return { kind: 'noise', bytes: owed + PROMPT.length };
  }

  #running(waiting: Buffer): RunEvent | undefined {
    const at = this.#earliest(waiting);
    if (at === 0) return this.#answer(waiting);
    const end = at > 0 ? at : waiting.length - heldBack(waiting, [this.#frame, this.#done]);
    if (end === 0) return undefined;
    this.#outputBytes += end;
    this.#tail = (this.#tail + waiting.toString('latin1', Math.max(0, end - TAIL_CHARACTERS), end)).slice(
      -TAIL_CHARACTERS,
    );
    return { kind: 'output', bytes: end };
  }

  /**
   * What the raw REPL printed of an exception when a prompt ends the output of a program that was begun; empty when it printed
   * none, undefined when no prompt is there. A program may print a prompt, too. `after`: what followed the prompt.
   */
  promptAtEnd(waiting: Buffer, after = ''): string | undefined {
    if (!this.#begun) return undefined;
    const text = this.#tail + waiting.toString('latin1');
    if (!text.endsWith(after)) return undefined;
    const ended = ENDED.exec(text.slice(0, text.length - after.length));
    return ended ? boardText(Buffer.from(ended[1] ?? '', 'latin1')) : undefined;
  }

  /** Where the first frame or end with our nonce starts, or -1. */
  #earliest(waiting: Buffer): number {
    const frame = waiting.indexOf(this.#frame);
    const done = waiting.indexOf(this.#done);
    return frame < 0 || (done >= 0 && done < frame) ? done : frame;
  }

  #answer(waiting: Buffer): RunEvent | undefined {
    const start = this.#frame.length;
    const after = waiting.toString('latin1', start, start + LONGEST_HEADER);
    return waiting.indexOf(this.#done) === 0 ? this.#end(after) : this.#framed(waiting, after);
  }

  #end(after: string): RunEvent | undefined {
    const bytes = this.#done.length;
    // Without its begin the output was taken for noise.
    if (!this.#begun) return { kind: 'damaged', bytes };
    if (after.startsWith(PROMPT)) return { kind: 'frame', bytes, letter: 'D', payload: '' };
    const brief = this.#outputBytes <= BRIEF_OUTPUT_BYTES;
    // Timers and threads print when they like, also behind the end; what is left of a damaged frame is not theirs.
    if (!PROMPT.startsWith(after) && (!brief || LIKE_HEADER.test(after))) return { kind: 'damaged', bytes };
    const last = brief || (this.#stays && after === '');
    return last ? { kind: 'frame', bytes, letter: 'D', payload: '' } : undefined;
  }

  #framed(waiting: Buffer, after: string): RunEvent | undefined {
    const start = this.#frame.length;
    if (after.startsWith('T')) return this.#unchecked(waiting, start + 1);
    const header = HEADER.exec(after);
    if (!header?.[1] || !header[2] || !header[3]) {
      const couldBecome = after === '' || /^[VESC][\da-f]{0,7}(?::[\da-f]{0,8})?$/.test(after);
      return couldBecome && after.length < LONGEST_HEADER ? undefined : { kind: 'damaged', bytes: start };
    }
    const payloadAt = start + header[0].length;
    const end = payloadAt + Number.parseInt(header[2], 16);
    if (waiting.length < end) return undefined;
    const payload = waiting.subarray(payloadAt, end);
    if (this.#checked && frameCrc(this.#nonce, header[1], payload) !== Number.parseInt(header[3], 16)) {
      return { kind: 'damaged', bytes: end };
    }
    return { kind: 'frame', bytes: end, letter: header[1], payload: boardText(payload) };
  }

  /** A traceback as MicroPython prints it: the board had no memory for more. */
  #unchecked(waiting: Buffer, start: number): RunEvent | undefined {
    const end = waiting.indexOf(this.#done, start);
    if (end < 0) return undefined;
    const payload = boardText(waiting.subarray(start, end));
    return { kind: 'frame', bytes: end + this.#done.length, letter: 'T', payload };
  }
}

/** Bytes at the end that may be the start of one of the markers. */
function heldBack(waiting: Buffer, markers: readonly Buffer[]): number {
  return Math.max(
    ...markers.map((marker) => {
      const at = waiting.lastIndexOf(marker.subarray(0, 1));
      const tail = waiting.subarray(at);
      return at >= 0 && tail.length < marker.length && marker.subarray(0, tail.length).equals(tail) ? tail.length : 0;
    }),
  );
}
