import { NotStartedError, ReplDriverError } from '../errors.ts';
import { EXECUTE, RING_BYTES } from '../line/control.ts';
import type { Line } from '../line/line.ts';
import { escapeBytes } from '../line/traffic-log.ts';
import { sleep } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { enterRaw } from './enter-raw.ts';
import { rawPaste } from './raw-paste.ts';
import { softReset } from './soft-reset.ts';

/** Pieces and pause of a long command without raw-paste: the raw REPL has no flow control, the ring holds 260 bytes. */
const PIECE_BYTES = 128;
const PIECE_PAUSE_MS = 12;

/** How long a board may pause while it compiles what it reads: doubled each time that it paused longer. */
const LEAST_STALL_MS = 1_500;
const LONGEST_STALL_MS = 24_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: 04 ends a part of the answer
const PLAIN_ANSWER = /OK([^\x04]*)\x04([^\x04]*)\x04>/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: 04 ends a part of the answer
const PASTED_ANSWER = /^([^\x04]*)\x04([^\x04]*)\x04>/;

/** The raw REPL of one board: how source gets in, and what plainly comes out. */
export class RawRepl {
  readonly #line: Line;
  #rawPaste: 'untried' | 'yes' | 'no' = 'untried';
  #stallMs = LEAST_STALL_MS;

  constructor(line: Line) {
    this.#line = line;
  }

  /** Whether the firmware takes raw-paste; null before it was tried. */
  get rawPaste(): boolean | null {
    return this.#rawPaste === 'untried' ? null : this.#rawPaste === 'yes';
  }

  enter(deadline: Deadline): Promise<string> {
    return enterRaw(this.#line, deadline);
  }

  /**
   * Sends a command; its output follows, after an `OK` when it went as a plain command. What fits into the receive ring
   * goes plainly, because that takes one round trip. `before` goes out first, in the same breath.
   */
  async submit(source: string, deadline: Deadline, before = ''): Promise<'plain' | 'raw-paste'> {
    const bytes = Buffer.from(source, 'utf8');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what the raw REPL acts on
    if (/[\x01-\x05]/.test(source))
      throw new ReplDriverError(
        'BAD_VALUE',
        'The code holds one of the bytes 01 to 05, which the raw REPL acts on; write it as an escape.',
      );
    if (before.length + bytes.length < RING_BYTES) {
      await this.#line.write(`${before}${source}${EXECUTE}`, deadline);
      return 'plain';
    }
    if (before !== '') await this.#line.write(before, deadline);
    if (this.#rawPaste !== 'no') {
      const answer = await rawPaste(this.#line, bytes, deadline, {
        eager: this.#rawPaste === 'yes',
        waitingBytes: before.length,
        stallMs: this.#stallMs,
      }).catch((error: unknown) => {
        if (error instanceof NotStartedError && error.silent)
          this.#stallMs = Math.min(2 * this.#stallMs, LONGEST_STALL_MS);
        throw error;
      });
      this.#rawPaste = answer === 'accepted' ? 'yes' : 'no';
      if (answer === 'accepted') return 'raw-paste';
      await this.#line.drain(30, deadline.within(300));
    }
    await this.#paced(bytes, deadline);
    return 'plain';
  }

  /** Runs code of our own, which prints no `04`; resolves with its output and traceback. */
  async run(source: string, deadline: Deadline): Promise<{ output: string; traceback: string }> {
    this.#line.take();
    const how = await this.submit(source, deadline);
    const pattern = how === 'plain' ? PLAIN_ANSWER : PASTED_ANSWER;
    const match = await this.#line.until(
      'the end of a command',
      deadline,
      (waiting) => pattern.exec(waiting.toString('latin1')) ?? undefined,
    );
    this.#line.take(match.index + match[0].length);
    const [, output = '', traceback = ''] = match;
    return { output, traceback };
  }

  softReset(deadline: Deadline): Promise<string> {
    return softReset(this.#line, deadline);
  }

  async #paced(bytes: Buffer, deadline: Deadline): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      await this.#line.write(bytes.subarray(at, at + PIECE_BYTES), deadline);
      await sleep(deadline.clock, PIECE_PAUSE_MS);
      deadline.throwIfOver('a long command to be sent');
    }
    await this.#line.write(EXECUTE, deadline);
  }
}

/** For messages: the end of what was received, escaped and short. */
export function excerpt(bytes: Uint8Array): string {
  return bytes.length === 0 ? 'nothing' : `"${escapeBytes(bytes.subarray(-160))}"`;
}
