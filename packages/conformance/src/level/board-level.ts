import { readFileSync } from 'node:fs';
import type { Board, CallOptions } from '@wirewrap/repl-driver';

const PROGRAM = readFileSync(new URL('./level.py', import.meta.url), 'utf8');

/** What a board holds between two connections: what rises from reading to reading is a leak. */
export interface BoardLevel {
  /** Bytes that are free in MicroPython's own heap after a collection, exact to its blocks of 16 or 32 bytes. */
  readonly collected: number;
  /**
   * Bytes that are free in the heap that the TLS library allocates from: ESP-IDF's; of the virtual board minus what its
   * process holds, in pages of 4 KiB. Null where the board does not tell.
   */
  readonly native: number | null;
  /** The largest block of it in one piece; null where the board does not tell. */
  readonly largest: number | null;
  readonly kind: 'idf' | 'process' | null;
  /** The highest number of three sockets that were just opened; it rises with each one that was not closed. */
  readonly socket: number | null;
}

type Answer = readonly [
  collected: number,
  native: readonly [kind: BoardLevel['kind'], free: number | null, largest: number | null],
  socket: number | null,
];

/**
 * Brings the program that reads levels to the board; again after each reset.
 *
 * @example await installLevel(board);
 */
export async function installLevel(board: Pick<Board, 'exec'>, options: CallOptions = {}): Promise<void> {
  await board.exec(PROGRAM, options);
}

/**
 * Collects the board's garbage and reads what it holds.
 *
 * @throws MicroPythonError NameError when the program is not there: the board was reset since; else what the board raised,
 *   such as OSError when no socket can be opened any more
 * @example
 * await installLevel(board);
 * const { collected } = await readLevel(board);
 */
export async function readLevel(board: Pick<Board, 'evaluate'>, options: CallOptions = {}): Promise<BoardLevel> {
  const [collected, [kind, native, largest], socket] = await board.evaluate<Answer>('_wl_level()', options);
  return { collected, native, largest, kind, socket };
}
