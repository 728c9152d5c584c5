import { type Board, type CallOptions, ReplDriverError } from '@wirewrap/repl-driver';
import { ensureClock } from './board-facts.ts';

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
