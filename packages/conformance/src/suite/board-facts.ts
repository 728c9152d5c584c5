import type { Board } from '@wirewrap/repl-driver';
import { readClock, setClock } from '@wirewrap/tls-lab';
import { probeCapabilities } from '../capabilities/probe-capabilities.ts';
import type { Capabilities } from '../claim/claim.ts';
import { debug } from '../debug.ts';
import { ConformanceError } from '../errors.ts';

export interface BoardFacts {
  readonly board: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
}

const known = new WeakMap<Board, Promise<BoardFacts>>();

/** After power-on an ESP32 is in the year 2000, where no certificate is valid yet. A board that is right is left alone. */
export async function ensureClock(board: Board, now: Date = new Date()): Promise<void> {
  const off = Math.abs((await readClock(board)).getTime() - now.getTime());
  if (off > 60_000) await setClock(board, now);
}

async function find(board: Board, url: string): Promise<BoardFacts> {
  await ensureClock(board);
  const { freeHeap: _freeHeap, ...identity } = await board.identity();
  return { board: { url, ...identity }, capabilities: await probeCapabilities(board) };
}

/**
 * Identity and capabilities of the board that is at `url`, found out once a session; free heap is no fact of the firmware.
 *
 * @example const { board: identity, capabilities } = await boardFacts(board, '/dev/ttyUSB0');
 * @throws ConformanceError `NO_MODULE` or `CAPABILITY` as `probeCapabilities` does.
 */
export function boardFacts(board: Board, url: string): Promise<BoardFacts> {
  let facts = known.get(board);
  if (facts === undefined) {
    facts = find(board, url);
    known.set(board, facts);
    facts.catch((error: unknown) => {
      // What the firmware lacks, or hangs in, it does again: every case would wait for it again.
      if (error instanceof ConformanceError) return;
      debug('the facts of %s are asked for again: %s', url, error);
      known.delete(board);
    });
  }
  return facts;
}
