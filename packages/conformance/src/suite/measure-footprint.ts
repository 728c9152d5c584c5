import type { BoardSession } from '@wirewrap/boards';
import { ignored } from '../debug.ts';
import type { RunState } from './run-state.ts';

/**
 * Measures once a run what the harness takes of the board's heap; the board is reset for it. A firmware that does not tell, and
 * a board that does not answer, go without: the cases show what is wrong.
 */
export async function measureFootprint({ endpoint }: Pick<BoardSession, 'endpoint'>, state: RunState): Promise<void> {
  if (state.footprint !== undefined) return;
  state.footprint = null;
  try {
    state.footprint = await endpoint.footprint();
  } catch (error) {
    ignored('measuring what the harness takes of the heap')(error);
  }
}
