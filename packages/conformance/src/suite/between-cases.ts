import type { CaseBench } from '../cases/conformance-case.ts';
import { ignored } from '../debug.ts';
import { isLost } from '../observation/not-observed.ts';
import { ensureClock } from './board-facts.ts';
import { type ResetBoard, tryFreshBoard } from './fresh-board.ts';
import { mayHaveReset } from './may-have-reset.ts';
import type { RunState } from './run-state.ts';

/** Resets a board on which the next connection would find no memory. */
export async function makeRoom(bench: ResetBoard, { heap }: RunState): Promise<void> {
  if (!heap.short) return;
  await tryFreshBoard(bench);
  heap.forget();
}

/** The heap after a case, beside its behaviour; the curve over a run shows a leak. */
async function measureHeap({ board, can, measure }: CaseBench, { heap }: RunState): Promise<void> {
  const read = can.hardware ? await heap.read(board) : null;
  if (read === null) return;
  measure('C heap free', 'bytes', read.free);
  measure('C heap largest block', 'bytes', read.largest);
}

/** A board that may have reset has neither network nor clock. */
async function restore({ board, network }: CaseBench): Promise<void> {
  network.forget();
  await ensureClock(board);
}

/** What a case leaves: the heap is measured, and a board that may have reset gets its clock. One that is silent is not asked. */
export async function afterCase(value: unknown, bench: CaseBench, state: RunState): Promise<void> {
  if (!isLost(value)) {
    await measureHeap(bench, state);
    if (mayHaveReset(value)) await restore(bench);
  } else if (value.lost !== 'no answer in time') {
    await restore(bench).catch(ignored('setting the clock after a case that was lost'));
  }
}
