import {
  type Board,
  formatLine,
  type OpenBoardOptions,
  openBoard,
  openTransport,
  type Transport,
} from '@wirewrap/repl-driver';
import { debug } from '../debug.ts';
import type { StartedBoard, StartOptions } from '../kinds/board-kind.ts';
import { startPlace } from '../kinds/kinds.ts';
import { Lease, type LeaseOptions } from '../lease/lease.ts';
import { apart, type BoardSettings } from '../settings/board-settings.ts';
import type { StartCommand } from './start-command.ts';

/** How a prepared board is opened. */
export type OpenOptions = Pick<OpenBoardOptions, 'deadlineMs' | 'onRecovery' | 'signal'>;

/** How a board is leased and started. */
export interface PrepareOptions extends StartOptions {
  /** Takes the board's lease first. Absent: the caller holds it, or shares the board with the processes of its run. */
  readonly lease?: Omit<LeaseOptions, 'signal'>;
}

/** A board that is leased and started, and not open yet. Disposing it undoes both. */
export interface PreparedBoard extends AsyncDisposable {
  /** The same board as a line: nothing of it is left to be started. The network is the one that holds for it. */
  readonly settings: BoardSettings;
  /** Switches the board off and on: a shell command or a function. Undefined where nothing can. */
  readonly powerCycle: OpenBoardOptions['powerCycle'];
  /** Opens its bare line, for somebody who types; may be called again once the line before was closed. */
  openLine(options?: { readonly signal?: AbortSignal }): Promise<Transport>;
  /** Opens it; may be called again once the board before was closed. */
  open(options?: OpenOptions): Promise<Board>;
  /** What another process opens the same board with, for as long as this one holds it. */
  handOver(): Promise<BoardSettings>;
}

/** Milliseconds for one attempt to open a board whose `start` command still brings it up. */
const ATTEMPT_MS = 5_000;

/**
 * Leases a board and starts what has to be started: its `start` command, a virtual board, an emulator, a labgrid place.
 *
 * @example
 * await using prepared = await prepareBoard(parseBoard('virtual'));
 * await using board = await prepared.open();
 * @throws BoardsError `LEASED` when somebody else has the board; `MISSING_TOOL`, `NO_SUCH_PORT`, `DEADLINE` or `HOST` when it
 *   cannot be started.
 */
export async function prepareBoard(settings: BoardSettings, options: PrepareOptions = {}): Promise<PreparedBoard> {
  const { signal, onProgress, lease } = options;
  await using stack = new AsyncDisposableStack();
  if (lease) stack.use(await Lease.acquire(settings, { ...lease, ...(signal ? { signal } : {}) }));
  const command = settings.start && (await runCommand(settings.start));
  if (command) {
    stack.use(command);
    onProgress?.(settings.start?.command ?? '');
  }
  const start = (): Promise<StartedBoard> =>
    startPlace(settings, { ...options, wait: options.wait ?? lease?.wait ?? false });
  const started = stack.use(await (command ? command.retry(start, signal) : start()));
  debug('%s is at %s', settings.url, formatLine(started.line));
  return new Prepared(settings, started, command, stack.move());
}

/** What few boards have is loaded for them only; here and below. */
async function runCommand({ command, deadlineMs }: NonNullable<BoardSettings['start']>): Promise<StartCommand> {
  const { runStartCommand } = await import('./start-command.ts');
  return runStartCommand(command, deadlineMs);
}

class Prepared implements PreparedBoard {
  readonly settings: BoardSettings;
  readonly #started: StartedBoard;
  readonly #stack: AsyncDisposableStack;
  #command: StartCommand | undefined;
  #handed: Promise<BoardSettings> | undefined;

  constructor(
    settings: BoardSettings,
    started: StartedBoard,
    command: StartCommand | undefined,
    stack: AsyncDisposableStack,
  ) {
    const { place, start: _done, network, startedFrom = place, ...extras } = apart(settings);
    const said = withoutUndefined(network);
    this.settings = { ...extras, startedFrom, network: { ...started.network, ...said }, ...started.line };
    this.#started = started;
    this.#command = command;
    this.#stack = stack;
  }

  async open(options: OpenOptions = {}): Promise<Board> {
    const command = this.#command;
    if (!command) return await this.#openOnce(options);
    const board = await command.retry(() => this.#openOnce({ ...options, deadlineMs: ATTEMPT_MS }), options.signal);
    // It has come up: from now on it opens like any other.
    this.#command = undefined;
    return board;
  }

  handOver(): Promise<BoardSettings> {
    this.#handed ??= this.#serve();
    return this.#handed;
  }

  async #serve(): Promise<BoardSettings> {
    const { powerCycle } = this.#started;
    if (!powerCycle || this.settings.powerCycle) return this.settings;
    const { servePower } = await import('./power-socket.ts');
    const { path } = this.#stack.use(await servePower(powerCycle));
    return { ...this.settings, powerSocket: path };
  }

  get powerCycle(): OpenBoardOptions['powerCycle'] {
    const { powerCycle, powerSocket } = this.settings;
    const bySocket = powerSocket === undefined ? undefined : () => cycleBySocket(powerSocket);
    return powerCycle ?? this.#started.powerCycle ?? bySocket;
  }

  openLine({ signal }: { readonly signal?: AbortSignal } = {}): Promise<Transport> {
    const open = () => openTransport(this.#started.line, signal ? { signal } : {});
    return this.#command ? this.#command.retry(open, signal) : open();
  }

  async #openOnce(options: OpenOptions): Promise<Board> {
    const { network, elf } = this.settings;
    const { powerCycle } = this;
    return await openBoard(this.#started.line, {
      ...withoutUndefined(options),
      ...(powerCycle ? { powerCycle } : {}),
      ...(elf === undefined ? {} : { elf }),
      ...(network.wifi?.password ? { secrets: [network.wifi.password] } : {}),
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

async function cycleBySocket(path: string): Promise<void> {
  const { cyclePower } = await import('./power-socket.ts');
  await cyclePower(path);
}

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** A board that is open, and what was leased and started for it. Disposing it undoes all of it. */
export interface AcquiredBoard extends AsyncDisposable {
  readonly board: Board;
  /** As of `PreparedBoard`: a line, with the network that holds for it. */
  readonly settings: BoardSettings;
}

/**
 * The one way to a board: takes its lease, starts what has to be started, and opens it.
 *
 * @example
 * await using acquired = await acquireBoard(parseBoard('virtual'));
 * await acquired.board.evaluate('6 * 7'); // 42
 */
export async function acquireBoard(
  settings: BoardSettings,
  options: PrepareOptions & OpenOptions = {},
): Promise<AcquiredBoard> {
  await using stack = new AsyncDisposableStack();
  const prepared = stack.use(await prepareBoard(settings, options));
  const { deadlineMs, onRecovery, signal } = options;
  const board = stack.use(await prepared.open({ deadlineMs, onRecovery, signal }));
  const kept = stack.move();
  return { board, settings: prepared.settings, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
