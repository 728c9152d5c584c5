import { acquireBoard, type BoardSettings } from '@wirewrap/boards';
import { chipOf } from '../board/describe-identity.ts';
import { isExpectedError } from '../errors.ts';

/** Milliseconds for the firmware that is on the board to answer; a board without one has nothing to say. */
const ANSWER_MS = 8_000;

/** The chip of a board by what its firmware says, under a lease that the caller holds; null when it does not say. */
export async function askChip(target: BoardSettings, signal: AbortSignal): Promise<string | null> {
  try {
    await using opened = await acquireBoard(target, { signal, deadlineMs: ANSWER_MS });
    return chipOf(await opened.board.identity());
  } catch (error) {
    signal.throwIfAborted();
    if (!isExpectedError(error)) throw error;
    return null;
  }
}
