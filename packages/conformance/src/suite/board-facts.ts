import type { Board } from '@wirewrap/repl-driver';
import { probeCapabilities } from '../capabilities/probe-capabilities.ts';
import type { Capabilities } from '../claim.ts';

export interface BoardFacts {
  readonly board: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
}

const known = new WeakMap<Board, Promise<BoardFacts>>();

async function find(board: Board): Promise<BoardFacts> {
  const { freeHeap: _freeHeap, ...identity } = await board.identity();
  const url = process.env.WIREWRAP_BOARD ?? 'virtual';
  return { board: { url, ...identity }, capabilities: await probeCapabilities(board) };
}

/** Identity and capabilities, found out once a session; free heap is no fact of the firmware. */
export function boardFacts(board: Board): Promise<BoardFacts> {
  let facts = known.get(board);
  if (facts === undefined) {
    facts = find(board);
    known.set(board, facts);
    facts.catch(() => known.delete(board));
  }
  return facts;
}
