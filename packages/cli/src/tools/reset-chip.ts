import { type Board, BoardResetError, ReplDriverError } from '@wirewrap/repl-driver';

/** A hard reset: by the RTS line, or by `machine.reset()` where the line has none. Resolves with what was printed. */
export async function resetChip(board: Board, signal: AbortSignal): Promise<string> {
  try {
    return await board.reset('run', { signal });
  } catch (error) {
    // The driver's word for a line without RTS (tcp, a pseudo-terminal).
    if (!(error instanceof ReplDriverError && error.code === 'BAD_VALUE')) throw error;
  }
  try {
    return await board.exec('__import__("machine").reset()', { signal });
  } catch (error) {
    if (!(error instanceof BoardResetError)) throw error;
    await board.identity({ refresh: true, signal });
    return `${error.reason}\n`;
  }
}
