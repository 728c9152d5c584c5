import { type Board, BoardResetError, MicroPythonError, py, ReplDriverError } from '@wirewrap/repl-driver';
import { ignored, log } from '../log.ts';
import { startClock } from '../network/board-clock.ts';
import type { BoardNetwork } from '../network/board-network.ts';
import { NetworkError } from '../network/network-error.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import { ArgumentsTooLarge, tooLarge } from './arguments-too-large.ts';
import { BlobCache } from './blob-cache.ts';
import type { BoardEndpoint, BoardRun, Footprint } from './board-endpoint.ts';
import { boardError } from './board-error.ts';
import type { BoardOutcome } from './board-outcome.ts';
import { BLOB_PROGRAM, BOARD_NAMES, BOARD_PROGRAM } from './board-program.ts';
import { outcomeOf } from './case-outcome.ts';
import { CaseReader, SOCKET_STEP } from './case-reader.ts';
import { caseSource } from './case-source.ts';
import { DEFAULTS } from './run-defaults.ts';
import { requireRun } from './run-options.ts';

/** Milliseconds after Ctrl-C in which the board may clean up. */
const GRACE_MS = 5_000;

/** Milliseconds for all the ways to recover a board, from Ctrl-C to a power cycle. */
const REVIVE_MS = 45_000;

/**
 * The board's end over one REPL session. Its program is sent once and again after a reset. A board that dies in a case
 * gives an outcome with `crash`; the next case finds a usable session, joined to the network again.
 *
 * @example
 * const endpoint = createBoardEndpoint(board, network);
 * await using tls = createTlsLab({ board, network, endpoint });
 */
export function createBoardEndpoint(board: Board, network: BoardNetwork): BoardEndpoint {
  return new ReplEndpoint(board, network);
}

class ReplEndpoint implements BoardEndpoint {
  readonly #board: Board;
  readonly #network: BoardNetwork;
  readonly #blobs: BlobCache;
  #installed = false;
  #cases = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(board: Board, network: BoardNetwork) {
    this.#board = board;
    this.#network = network;
    this.#blobs = new BlobCache(board);
  }

  async connect(host: string, port: number, run: BoardRun = {}): Promise<BoardOutcome> {
    requireRun(run);
    return this.#inTurn(() => this.#run('client', host, port, run, () => {}));
  }

  async serve(port: number, run: BoardRun, onListening: () => unknown): Promise<BoardOutcome> {
    requireRun(run);
    return this.#inTurn(() => this.#run('server', this.#network.bindAddress, port, run, onListening));
  }

  ready(): Promise<void> {
    return this.#inTurn(() => this.#install());
  }

  footprint(): Promise<Footprint> {
    return this.#inTurn(async () => {
      await this.#board.reset('soft');
      this.#installed = false;
      const bare = await this.#board.heap();
      // The first call brings the agent.
      await this.#board.exec(py`pass`);
      const agent = await this.#board.heap();
      await this.#install();
      return { bare, agent, ready: await this.#board.heap() };
    });
  }

  /** One case at a time: what a case has put on the board must be there until it ran. */
  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(ignored('the case before'));
    return turn;
  }

  async #run(
    role: 'client' | 'server',
    host: string,
    port: number,
    run: BoardRun,
    onListening: () => unknown,
  ): Promise<BoardOutcome> {
    // Twice: the board may have lost the program or the network without our knowing.
    for (let attempt = 1; ; attempt++) {
      const id = ++this.#cases;
      const source = caseSource(id, role, host, port, run);
      const reader = new CaseReader(id, role, run);
      const prepared = await this.#prepare(source.blobs);
      if (prepared instanceof ArgumentsTooLarge) return tooLarge(role, prepared);
      const failure = prepared ?? (await this.#execute(source.call.source, reader, run, onListening));
      const programLost = failure instanceof MicroPythonError && isMissing(failure);
      if (attempt === 1 && programLost) this.#installed = false;
      else if (attempt === 1 && reader.notJoined) await this.#network.join(this.#board);
      else return await this.#outcome(role, run, reader, failure);
    }
  }

  /** Puts on the board what the case needs; yields the error that tells that the board lost the program. */
  async #prepare(blobs: readonly Uint8Array[]): Promise<MicroPythonError | ArgumentsTooLarge | null> {
    await this.#install();
    try {
      await this.#blobs.ensure(blobs);
      return null;
    } catch (error) {
      if (!(error instanceof MicroPythonError)) throw error;
      if (isMissing(error)) return error;
      if (error.type !== 'MemoryError') throw error;
      log('%s after the program was there; the arguments go first on a fresh heap', error.message);
      return await this.#placeFirst(blobs);
    }
  }

  /** Large arguments need one block: after a soft reset they are placed before the program of the cases. */
  async #placeFirst(blobs: readonly Uint8Array[]): Promise<ArgumentsTooLarge | null> {
    await this.#board.reset('soft');
    this.#installed = false;
    this.#blobs.forget();
    try {
      await this.#board.exec(BLOB_PROGRAM);
      await this.#blobs.ensure(blobs);
      await this.#install(true);
      return null;
    } catch (error) {
      if (!(error instanceof MicroPythonError && error.type === 'MemoryError')) throw error;
      // Half of what was placed would lie in the way of the next case, and of the reading.
      await this.#board.reset('soft');
      return new ArgumentsTooLarge(blobs, await this.#board.heap());
    }
  }

  /** `keepBlobs`: what lies on the board already stays there. */
  async #install(keepBlobs = false): Promise<void> {
    if (this.#installed) return;
    for (const part of BOARD_PROGRAM) await this.#board.exec(part);
    // After the program, which knows no interface at first.
    await this.#network.join(this.#board);
    if (this.#network.setsClock) await startClock(this.#board);
    if (!keepBlobs) this.#blobs.forget();
    this.#installed = true;
  }

  /** Runs the call; yields what went wrong with it, null when it came to its end. */
  async #execute(call: string, reader: CaseReader, run: BoardRun, onListening: () => unknown): Promise<unknown> {
    const deadlineMs = run.deadlineMs ?? DEFAULTS.deadlineMs;
    let told = false;
    try {
      const stream = await this.#board.stream(call, { deadlineMs: deadlineMs + GRACE_MS });
      const interrupt = setTimeout(() => stream.interrupt().catch(noInterrupt), deadlineMs);
      try {
        const finished = stream.finished.then(
          () => null,
          (error: unknown) => error,
        );
        try {
          for await (const text of stream) {
            reader.push(text);
            if (reader.listening && !told) {
              told = true;
              const giveUp = () => (reader.steps.has(SOCKET_STEP) ? undefined : stream.interrupt());
              Promise.resolve(onListening()).catch(giveUp).catch(noInterrupt);
            }
          }
        } catch (error) {
          return (await finished) ?? error;
        }
        return await finished;
      } finally {
        clearTimeout(interrupt);
        await stream[Symbol.asyncDispose]();
      }
    } catch (error) {
      return error;
    }
  }

  async #outcome(
    role: 'client' | 'server',
    run: BoardRun,
    reader: CaseReader,
    failure: unknown,
  ): Promise<BoardOutcome> {
    if (reader.ended) return this.#ended(role, run, reader, failure);
    if (failure instanceof MicroPythonError) {
      this.#installed = false;
      if (failure.type === 'SyntaxError' || isMissing(failure)) throw failure;
      return outcomeOf(role, run, reader, boardError(failure.type, failure.args), null);
    }
    if (failure instanceof ReplDriverError && CRASH_CODES.has(failure.code)) {
      this.#installed = false;
      await this.#revive();
      const said = failure instanceof BoardResetError ? { resetCause: failure.resetCause } : {};
      return outcomeOf(role, run, reader, null, { text: failure.message, ...said });
    }
    if (failure instanceof ReplDriverError && failure.code === 'DEADLINE') {
      this.#installed = false;
      await this.#revive();
      const text = `no answer within ${run.deadlineMs ?? DEFAULTS.deadlineMs} ms, and Ctrl-C did not help`;
      return outcomeOf(role, run, reader, boardError('BoardGaveUp', [text]), null);
    }
    if (reader.notJoined) {
      const remedy = 'look at the signal with `wirewrap doctor`';
      throw new NetworkError('NOT_CONNECTED', `The board lost its network again as soon as it had joined; ${remedy}.`);
    }
    throw (
      failure ??
      new TlsLabError(
        'NO_OUTCOME',
        'The board ended the case without its last line; it printed nothing that the program of a case prints.',
      )
    );
  }

  /** What was raised between the steps (no memory left, Ctrl-C) ended the case too. */
  #ended(role: 'client' | 'server', run: BoardRun, reader: CaseReader, failure: unknown): BoardOutcome {
    const outcome = outcomeOf(role, run, reader, null, null);
    if (outcome.completed || !(failure instanceof MicroPythonError)) return outcome;
    this.#installed = false;
    return outcomeOf(role, run, reader, boardError(failure.type, failure.args), null);
  }

  /** The driver's ladder makes the session usable again; when it cannot, the next case tells of it. */
  async #revive(): Promise<void> {
    await this.#board
      .exec(py`pass`, { deadlineMs: REVIVE_MS })
      .catch((error: unknown) => log('the board did not come back: %s', error));
  }
}

const CRASH_CODES: ReadonlySet<string> = new Set(['BOARD_RESET', 'BOARD_PANIC', 'TRANSPORT_CLOSED']);

function isMissing(error: MicroPythonError): boolean {
  return error.type === 'NameError' && BOARD_NAMES.some((name) => String(error.args[0]).includes(`'${name}'`));
}

function noInterrupt(error: unknown): void {
  log('Ctrl-C could not be sent: %s', error);
}
