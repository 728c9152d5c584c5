import { type Board, MicroPythonError, resetChip } from '@wirewrap/repl-driver';
import type { BoardNetwork } from '@wirewrap/tls-lab';
import { debug, ignored } from '../debug.ts';
import { ensureClock } from './board-facts.ts';

/** Resets the chip where it can be, else the interpreter. Resolves with whether the heap of the TLS library is fresh, too. */
async function reset(board: Board): Promise<boolean> {
  try {
    await resetChip(board);
    return true;
  } catch (error) {
    // No RTS line, and a port without machine.reset.
    if (!(error instanceof MicroPythonError)) throw error;
    debug('%s has no reset of its chip: %s', board.url, error.message);
  }
  await board.reset('soft');
  return false;
}

/** The board that is reset, and the network that it leaves with that: the next case joins it again. */
export interface ResetBoard {
  readonly board: Board;
  readonly network: Pick<BoardNetwork, 'forget'>;
}

/**
 * Resets the board, and sets its clock again, where that only helps: a board that does not come back is told by the cases that
 * find no board. Resolves with true when the whole chip was reset.
 */
export async function tryFreshBoard({ board, network }: ResetBoard): Promise<boolean> {
  network.forget();
  try {
    const whole = await reset(board);
    await ensureClock(board);
    return whole;
  } catch (error) {
    ignored('a reset from which the board did not come back')(error);
    return false;
  }
}
