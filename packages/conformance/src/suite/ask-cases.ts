import type { BoardSession } from '@wirewrap/boards';
import type { Pki } from '@wirewrap/certgen';
import { hostClock } from '@wirewrap/repl-driver/basics';
import { createTlsLab } from '@wirewrap/tls-lab';
import { ALL_CASES } from '../cases/index.ts';
import type { Observation } from '../claim/claim.ts';
import type { Measurement } from '../run-record.ts';
import { afterCase } from './between-cases.ts';
import { boardFacts } from './board-facts.ts';
import { tryFreshBoard } from './fresh-board.ts';
import { poseCase } from './pose-case.ts';
import { newRunState } from './run-state.ts';

/** What asking some cases showed. */
export interface AskedCases {
  readonly observations: readonly Observation[];
  readonly measurements: readonly Measurement[];
  /** Cases that ended with an error that is no observation. */
  readonly failed: readonly { readonly case: string; readonly error: Error }[];
}

/** What asking cases needs beside the board. */
export interface AskOptions {
  readonly pki: Pki;
  /** Values of a baseline by case: one that shows another is run again, as one that is against a claim. */
  readonly baseline?: ReadonlyMap<string, unknown>;
  /** After this no further case is begun. */
  readonly signal?: AbortSignal;
}

/**
 * Asks a board these cases in the order of the suites, without a test runner; each as a run asks it: on a board that was
 * reset first, twice when it was lost, several times when it is suspicious. An id that does not exist is passed over.
 *
 * @example await askCases(session, ['client/sni/name'], { pki: createPki() })
 */
export async function askCases(
  session: BoardSession,
  ids: readonly string[],
  { pki, baseline, signal }: AskOptions,
): Promise<AskedCases> {
  const { board, network, endpoint, url } = session;
  const { capabilities: can } = await boardFacts(board, url);
  const observations: Observation[] = [];
  const measurements: Measurement[] = [];
  const failed: { case: string; error: Error }[] = [];
  const state = newRunState();
  const asked = new Set(ids);
  await tryFreshBoard({ board, network });
  for (const item of ALL_CASES.filter(({ id }) => asked.has(id))) {
    if (signal?.aborted) break;
    await using tls = createTlsLab({ board, network, pki, endpoint });
    const measure = (name: string, unit: Measurement['unit'], value: number): void => {
      measurements.push({ case: item.id, name, unit, value });
    };
    try {
      const bench = { board, tls, network, pki, can, clock: hostClock, measure };
      const value = await poseCase(item, bench, { state, baseline: baseline ?? null });
      observations.push({ case: item.id, value });
      await afterCase(value, bench, state);
    } catch (error) {
      failed.push({ case: item.id, error: error as Error });
    }
  }
  return { observations, measurements, failed };
}
