import { type GoneBy, goneAfter } from '@wirewrap/tls-lab';
import { type BoardLevel, installLevel, readLevel } from '../../level/board-level.ts';
import type { CaseBench } from '../conformance-case.ts';
import { type Connect, connector, type GonePart } from './gone-run.ts';
import { placesOf } from './places.ts';

/** How often the peer goes after each message; of a chip, where a handshake takes seconds, and in silence, once. */
const ROUNDS = 4;

/** A second of silence is enough: the time-out is not what is asked here. */
const TIMEOUT = 1;

async function loseEach(connect: Connect, part: GonePart, way: GoneBy): Promise<'crashes' | number> {
  let lost = 0;
  for (const step of placesOf(part.role, part.version)) {
    const run = way === 'silence' ? { timeout: TIMEOUT, steps: [] } : { steps: [] };
    const { board } = await connect([goneAfter(step, way)], run);
    if (board.crash !== null) return 'crashes';
    lost += 1;
  }
  return lost;
}

function measure({ measure }: CaseBench, lost: number, before: BoardLevel, after: BoardLevel): void {
  measure('connections lost', 'count', lost);
  measure("heap of Python's kept for each", 'bytes', (before.collected - after.collected) / lost);
  if (before.native !== null && after.native !== null) {
    measure('native heap kept for each', 'bytes', (before.native - after.native) / lost);
  }
  if (before.largest !== null && after.largest !== null) {
    measure('largest native block lost', 'bytes', before.largest - after.largest);
  }
}

/** What the board still holds after its peer went at each message of a handshake, several times: sockets, and memory. */
export async function whatIsLeft(bench: CaseBench, part: GonePart, way: GoneBy): Promise<unknown> {
  const { board, can } = bench;
  const connect = await connector(bench, part);
  await installLevel(board);
  // The first round makes what stays, such as tables and strings.
  let end = await loseEach(connect, part, way);
  const before = await readLevel(board);
  const rounds = can.hardware || way === 'silence' ? 1 : ROUNDS;
  let lost = 0;
  for (let round = 0; end !== 'crashes' && round < rounds; round += 1) {
    end = await loseEach(connect, part, way);
    lost += end === 'crashes' ? 0 : end;
  }
  if (end === 'crashes') return { end };
  const after = await readLevel(board);
  measure(bench, lost, before, after);
  const next = await connect([], {});
  const sockets =
    before.socket === null || after.socket === null ? 'not told' : after.socket > before.socket ? 'kept' : 'closed';
  return { end: 'survives', sockets, next: next.board.completed ? 'completes' : 'fails' };
}
