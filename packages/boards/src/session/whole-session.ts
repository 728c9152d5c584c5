import { type Board, type CallOptions, firmwareModule, ReplDriverError } from '@wirewrap/repl-driver';
import { debug } from '../debug.ts';
import { BoardsError } from '../errors.ts';

/** What makes the answer of a session the board's own: it computes, shows values, and has memory left. */
const GC = firmwareModule('gc').source;
const QUESTION = `(6 * 7, repr('whole'), ${GC}.mem_free())`;
const COLLECTED = `(6 * 7, repr('whole'), (${GC}.collect(), ${GC}.mem_free())[1])`;

/** Bytes of free heap that the harness itself needs for a case, where the board ever had four times as much. */
const NEEDED_HEAP = 24 * 1024;
/** Milliseconds for an answer, for a reset with the whole recovery ladder, and for an answer after it: within a test's 60 s. */
const ANSWER_MS = 10_000;
const RESET_MS = 25_000;
/** After so many cases in a row without an answer the board is given up. */
const PATIENCE = 3;

/** Errors of a board that is silent. Before the last of them counts, a reset was tried, and the ladder climbed to its top. */
const SILENT: ReadonlySet<unknown> = new Set([
  'DEADLINE',
  'NOT_MICROPYTHON',
  'TRANSPORT_CLOSED',
  'NO_SUCH_PORT',
  'NO_PERMISSION',
  'PORT_BUSY',
]);

export interface WholeSessionOptions {
  /** Milliseconds that the board gets to answer. Default 10,000, doubled after each silent case. */
  readonly answerMs?: number;
  /** Milliseconds for a reset, all rungs of the recovery ladder included. Default 25,000, doubled after each silent case. */
  readonly resetMs?: number;
  /** Called when the board had to be reset, with why. */
  readonly onReset?: (reason: string) => void;
}

/**
 * Looks before each case whether the session is whole, for no verdict may come from one that is not: a board that does
 * not answer climbs the driver's recovery ladder, and one that answers wrongly or whose heap is full is reset. A board
 * that is silent in three cases in a row is given up: every later look says so at once.
 */
export class WholeSession {
  readonly #board: Board;
  readonly #name: string;
  readonly #options: WholeSessionOptions;
  #freshHeap: number | null = null;
  #silentCases = 0;

  /** `name` is the board's URL, for messages. */
  constructor(board: Board, name: string, options: WholeSessionOptions = {}) {
    this.#board = board;
    this.#name = name;
    this.#options = options;
  }

  /** Why nothing more is asked of the board; null while it is. */
  get givenUp(): string | null {
    if (this.#silentCases < PATIENCE) return null;
    return `The board ${this.#name} did not answer in ${PATIENCE} tests in a row, although everything up to a power cycle was tried where there is one: the rest of the run is not asked; look at the board with \`wirewrap doctor\`.`;
  }

  /** Fails with `BOARD_SILENT` or `NOT_WHOLE` when the board cannot be brought back. */
  async require(options: Pick<CallOptions, 'signal'> = {}): Promise<void> {
    if (this.givenUp !== null) throw new BoardsError('BOARD_SILENT', this.givenUp);
    try {
      const problem = await this.#problem(options).catch(describeDeadline);
      if (problem !== null) await this.#reset(problem, options);
      this.#silentCases = 0;
    } catch (error) {
      if (options.signal?.aborted) throw error;
      if (isSilence(error)) {
        this.#silentCases += 1;
        const reason = this.givenUp ?? `The board ${this.#name} does not answer: ${error.message}`;
        throw new BoardsError('BOARD_SILENT', reason, { cause: error });
      }
      throw error;
    }
  }

  async #reset(problem: string, options: CallOptions): Promise<void> {
    debug('%s is reset: %s', this.#name, problem);
    this.#options.onReset?.(problem);
    // A flash that is slow to read can keep a soft reset for longer: each silent case doubles the limit.
    const deadlineMs = (this.#options.resetMs ?? RESET_MS) * 2 ** this.#silentCases;
    await this.#board.reset('soft', { ...options, deadlineMs });
    const left = await this.#problem(options);
    if (left === null) return;
    throw new BoardsError('NOT_WHOLE', `The board ${this.#name} is not usable, also after a reset: ${left}.`);
  }

  /** What is wrong with the session; null when nothing is. A board that does not answer is an error. */
  async #problem(options: CallOptions): Promise<string | null> {
    const free = await this.#ask(QUESTION, options);
    if (typeof free === 'string') return free;
    const needed = Math.min(NEEDED_HEAP, (this.#freshHeap ?? 0) / 4);
    if (free >= needed) {
      this.#freshHeap ??= free;
      return null;
    }
    const kept = await this.#ask(COLLECTED, options);
    if (typeof kept === 'string') return kept;
    return kept >= needed ? null : `only ${kept} bytes of its heap are free`;
  }

  /** Free bytes, or what is wrong with the answer. */
  async #ask(expression: string, options: CallOptions): Promise<number | string> {
    try {
      const deadlineMs = (this.#options.answerMs ?? ANSWER_MS) * 2 ** this.#silentCases;
      const answer = await this.#board.evaluate<unknown[]>(expression, { ...options, deadlineMs });
      const [product, shown, free] = Array.isArray(answer) ? answer : [];
      if (product === 42 && shown === "'whole'" && typeof free === 'number') return free;
      return `it computes ${JSON.stringify(answer)} for ${expression}`;
    } catch (error) {
      if (options.signal?.aborted || isSilence(error) || !(error instanceof Error)) throw error;
      return error.message.trim().split('\n').at(-1) ?? 'it raises an exception';
    }
  }
}

/** A board that does not answer in time may do so after a reset; a line that is gone may not. */
function describeDeadline(error: unknown): string {
  if (error instanceof ReplDriverError && error.code === 'DEADLINE') return error.message;
  throw error;
}

function isSilence(error: unknown): error is ReplDriverError {
  return error instanceof ReplDriverError && SILENT.has(error.code);
}
