import { GIVE_UP_MS, WINDOW_BYTES } from '../agent/programs.ts';
import { BUSY, GRANT, READY } from '../agent/transfer-marks.ts';
import { isDeadline } from '../errors.ts';
import { INTERRUPT } from '../line/control.ts';
import type { Line } from '../line/line.ts';
import type { Deadline } from '../time/deadline.ts';

/** Longest that a receiver's first grant takes, the round trip of the slowest line included. */
const FIRST_ANSWER_MS = 750;
/** Silence in which no grant comes, at least: twice the time of the first one on a line that is slow. */
const ANSWER_MS = 250;
/** Long enough for the search below on a slow line and for the receiver's patience. */
export const OUTLAST_MS: number = GIVE_UP_MS + 12_000;

/** What only a receiver that has ended sends: the agent's answer, or the raw REPL's prompt. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the first bytes of answers
const ENDED = /[\x1d\x1e]|\x04>/;

export function receiverEnded(bytes: Buffer): boolean {
  return ENDED.test(bytes.toString('latin1'));
}

type Answer = 'window' | 'ended' | 'silence';

/**
 * Gets a receiver whose host died, or whose line lost a byte, to give up. It takes every byte for data, Ctrl-C included,
 * and sits in `readinto` while a window is half full, so the window is filled exactly (each full one is acknowledged) and
 * then nothing is sent until its patience ends. To anything else this is some Ctrl-C.
 * False when no receiver answered.
 */
export async function outlastReceiver(line: Line, deadline: Deadline): Promise<boolean> {
  const search = new WindowSearch(line, deadline);
  const first = await search.send(WINDOW_BYTES, FIRST_ANSWER_MS);
  if (first.answer === 'silence') return false;
  if (first.answer === 'ended') return true;
  const patienceMs = Math.max(ANSWER_MS, 2 * first.tookMs);
  // The second time with more patience: grants of what was sent before may have come late and misled the search.
  for (const ms of [patienceMs, 2 * patienceMs]) {
    if (deadline.over || (await search.fill(ms)) === 'ended') break;
    if ((await search.wait(GIVE_UP_MS + 2 * ms)) === 'ended') break;
  }
  return true;
}

class WindowSearch {
  readonly #line: Line;
  readonly #deadline: Deadline;
  /** It said that it writes to flash, and not yet that it reads on. */
  #busy = false;

  constructor(line: Line, deadline: Deadline) {
    this.#line = line;
    this.#deadline = deadline;
    line.take();
  }

  /** How full the window is, is unknown: each piece halves what it may be, for it completes the window or does not. */
  async fill(patienceMs: number): Promise<Answer> {
    let [low, high] = [0, WINDOW_BYTES - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const count = WINDOW_BYTES - middle;
      const { answer } = await this.send(count, patienceMs);
      if (answer === 'ended') return answer;
      [low, high] = answer === 'window' ? [0, high - middle] : [low + count, WINDOW_BYTES - 1];
    }
    return low > 0 ? (await this.send(WINDOW_BYTES - low, patienceMs)).answer : 'window';
  }

  /** Whether the bytes completed a window, or the receiver's last one. */
  async send(count: number, patienceMs: number): Promise<{ answer: Answer; tookMs: number }> {
    const startMs = this.#deadline.waitedMs;
    await this.#line.write(INTERRUPT.repeat(count), this.#deadline);
    const answer = await this.wait(patienceMs, GRANT);
    return { answer, tookMs: this.#deadline.waitedMs - startMs };
  }

  /** A board that writes to flash is waited for. */
  async wait(patienceMs: number, grant?: number): Promise<Answer> {
    for (;;) {
      const before = this.#busy;
      const answer = await this.#once(before ? this.#deadline.remainingMs : patienceMs, grant);
      if (answer !== 'silence' || this.#deadline.over || this.#busy === before) return answer;
    }
  }

  /** `silence` also when it began or ended to be busy. */
  async #once(ms: number, grant?: number): Promise<Answer> {
    try {
      return await this.#line.until<Answer>('a receiver of files', this.#deadline.within(ms), (waiting) => {
        if (receiverEnded(waiting)) return 'ended';
        if (grant !== undefined && waiting.includes(grant)) return 'window';
        return this.#busyAfter(waiting) === this.#busy ? undefined : 'silence';
      });
    } catch (error) {
      if (!isDeadline(error)) throw error;
      return 'silence';
    } finally {
      const waiting = this.#line.take();
      this.#busy = this.#busyAfter(waiting);
    }
  }

  #busyAfter(waiting: Buffer): boolean {
    const [busy, ready] = [waiting.lastIndexOf(BUSY), waiting.lastIndexOf(READY)];
    return busy === ready ? this.#busy : busy > ready;
  }
}
