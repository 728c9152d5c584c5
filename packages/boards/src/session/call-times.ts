import type { Board } from '@wirewrap/repl-driver';

/** From and to, in milliseconds of `performance.now()`. */
export type Span = readonly [fromMs: number, toMs: number];

/** What a session did in a time. */
export interface SessionTimes {
  /** A call to the board was under way: the line carried it, or the board worked at it. */
  readonly calls: readonly Span[];
  /** Nothing passed on the line. */
  readonly silences: readonly Span[];
  /** Bytes on the line, both ways. */
  readonly bytes: number;
}

/**
 * Milliseconds; a shorter silence is the board's thinking, or the line's own time.
 *
 * @example const isSilence = toMs - fromMs > SILENCE_MS;
 */
export const SILENCE_MS = 100;

/** Spans that are kept for somebody who asks for them. */
const MOST = 20_000;

/** Notes when a board was called, and when its line was silent. */
export class CallTimes {
  readonly now: () => number;
  #calls: Span[] = [];
  #silences: Span[] = [];
  #bytes = 0;
  #lastByteMs: number;

  /** `now`: milliseconds on the clock of the spans. */
  constructor(now: () => number = () => performance.now()) {
    this.now = now;
    this.#lastByteMs = now();
  }

  /** A listener for the traffic of the board's line. */
  readonly heard = ({ bytes }: { readonly bytes: Uint8Array }): void => {
    const now = this.now();
    this.#bytes += bytes.length;
    if (now - this.#lastByteMs > SILENCE_MS) this.#keep(this.#silences, [this.#lastByteMs, now]);
    this.#lastByteMs = now;
  };

  /** Measures one call. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    const from = this.now();
    try {
      return await call();
    } finally {
      this.#keep(this.#calls, [from, this.now()]);
    }
  }

  /** Measures until a promise settles that somebody else waits for. */
  until(fromMs: number, ended: Promise<unknown>): void {
    const keep = (): void => this.#keep(this.#calls, [fromMs, this.now()]);
    ended.then(keep, keep);
  }

  /** What was noted since it was last asked for. */
  take(): SessionTimes {
    const now = this.now();
    const silences =
      now - this.#lastByteMs > SILENCE_MS ? [...this.#silences, [this.#lastByteMs, now] as Span] : this.#silences;
    const taken = { calls: this.#calls, silences, bytes: this.#bytes };
    this.#calls = [];
    this.#silences = [];
    this.#bytes = 0;
    return taken;
  }

  /** Nobody asked for so many: a session without a listener does not grow. */
  #keep(spans: Span[], span: Span): void {
    if (spans.length < MOST) spans.push(span);
  }
}

/** The same board, whose calls are measured. */
export function timedBoard(board: Board, times: CallTimes): Board {
  const { files } = board;
  return {
    get url() {
      return board.url;
    },
    exec: (...words) => times.during(() => board.exec(...words)),
    evaluate: (...words) => times.during(() => board.evaluate(...words)) as never,
    call: (...words) => times.during(() => board.call(...words)) as never,
    async stream(...words) {
      const from = times.now();
      const stream = await times.during(() => board.stream(...words));
      times.until(from, stream.finished);
      return stream;
    },
    files: {
      write: (...words) => times.during(() => files.write(...words)),
      read: (...words) => times.during(() => files.read(...words)),
      list: (...words) => times.during(() => files.list(...words)),
      stat: (...words) => times.during(() => files.stat(...words)),
      remove: (...words) => times.during(() => files.remove(...words)),
      mkdir: (...words) => times.during(() => files.mkdir(...words)),
      rename: (...words) => times.during(() => files.rename(...words)),
      sync: (...words) => times.during(() => files.sync(...words)),
      upload: (...words) => times.during(() => files.upload(...words)),
    },
    reset: (...words) => times.during(() => board.reset(...words)),
    identity: (...words) => times.during(() => board.identity(...words)),
    heap: (...words) => times.during(() => board.heap(...words)),
    onTraffic: (listener) => board.onTraffic(listener),
    close: () => board.close(),
    [Symbol.asyncDispose]: () => board[Symbol.asyncDispose](),
  };
}
