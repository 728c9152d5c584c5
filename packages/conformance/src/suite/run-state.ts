import type { Footprint } from '@wirewrap/tls-lab';
import type { LossReason } from '../observation/not-observed.ts';
import { LossesInARow } from './gone-board.ts';
import { HeapWatch } from './heap-watch.ts';

/** What this worker knows of the run that it is in, across the files of the suites. */
export interface RunState {
  /** Values by case, in canonical form. */
  readonly observations: Map<string, unknown>;
  /** Why the cases were lost that were lost so far, although they ran twice. */
  readonly lost: LossReason[];
  readonly lossesInARow: LossesInARow;
  readonly heap: HeapWatch;
  /** What the harness takes of the board's heap; null where that could not be measured, absent before it was. */
  footprint?: Footprint | null;
  /** Cases that were run again because of what they showed, and showed the same each time. */
  readonly repeats: { steady: number };
}

/** What is known before the first case. */
export function newRunState(): RunState {
  return {
    observations: new Map(),
    lost: [],
    lossesInARow: new LossesInARow(),
    heap: new HeapWatch(),
    repeats: { steady: 0 },
  };
}

/** On `globalThis`: vitest may evaluate this module again for every file. */
const shared = globalThis as { wirewrapRunState?: RunState };

export function runState(): RunState {
  shared.wirewrapRunState ??= newRunState();
  return shared.wirewrapRunState;
}
