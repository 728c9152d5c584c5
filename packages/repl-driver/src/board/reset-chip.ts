import { firmwareModule } from '../agent/agent.ts';
import { BoardResetError, ReplDriverError } from '../errors.ts';
import type { CallOptions } from '../line/call-options.ts';
import type { Board } from './board.ts';

const MACHINE = firmwareModule('machine').source;

/**
 * Resets the whole chip: by the RTS line, or by `machine.reset()` where the line has none (tcp, a pseudo-terminal). Unlike a
 * soft reset it gives back what the C heap lost. Resolves with what was printed when the board answers again.
 *
 * @param options default deadline of each step as of `reset` and `exec`
 * @example await resetChip(board);
 * @throws ReplDriverError when the board does not come back; MicroPythonError where the port has no `machine.reset`
 */
export async function resetChip(board: Board, options: CallOptions = {}): Promise<string> {
  try {
    return await board.reset('run', options);
  } catch (error) {
    if (!(error instanceof ReplDriverError && error.code === 'BAD_VALUE')) throw error;
  }
  try {
    return await board.exec(`${MACHINE}.reset()`, options);
  } catch (error) {
    if (!(error instanceof BoardResetError)) throw error;
    await board.identity({ ...options, refresh: true });
    return `${error.reason}\n`;
  }
}
