import type { CaseBench, ConformanceCase } from '../cases/conformance-case.ts';
import type { Repeat } from '../selection/case-selection.ts';
import { makeRoom } from './between-cases.ts';
import { repeatCase } from './repeat-case.ts';
import type { RunState } from './run-state.ts';
import { suspicionOf } from './suspicion.ts';

/** What decides how a case is posed, beside the case. */
export interface PoseTools {
  readonly state: RunState;
  /** Values of the baseline by case; null without one. */
  readonly baseline: ReadonlyMap<string, unknown> | null;
  /** How often the case is run; absent or null: as what it shows asks for. */
  readonly repeat?: Repeat | null | undefined;
}

/** Poses a case as every run does: with memory to run in, again when it was lost or is suspicious. Resolves with its value. */
export async function poseCase(
  item: ConformanceCase,
  bench: CaseBench,
  { state, baseline, repeat }: PoseTools,
): Promise<unknown> {
  await makeRoom(bench, state);
  return await repeatCase(item, bench, { ...state, suspicion: suspicionOf(bench.can, baseline), repeat });
}
