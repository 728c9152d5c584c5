import { debuglog } from 'node:util';
import { type Board, type CallOptions, ReplDriverError } from '@wirewrap/repl-driver';
import { ensureClock } from './board-facts.ts';

const log = debuglog('wirewrap:conformance');

/** Resets the board by its reset line where it has one, else by software, and sets its clock again. */
export async function freshBoard(board: Board, options: CallOptions = {}): Promise<void> {
  try {
    await board.reset('run', options);
  } catch (error) {
    if (!(error instanceof ReplDriverError) || error.code !== 'BAD_VALUE') throw error;
    await board.reset('soft', options);
  }
  await ensureClock(board);
}

/** The same where it only helps: a board that does not come back is told by the cases that find no board. */
export async function tryFreshBoard(board: Board): Promise<void> {
  try {
    await freshBoard(board);
  } catch (error) {
    log('the board did not come back from a reset: %s', (error as Error).message);
  }
}
