import { inject } from 'vitest';
import { type Repeat, repeatOf, selectionOf } from '../selection/case-selection.ts';
import { planRun, type RunPlan } from '../selection/run-plan.ts';
import { SharedObservations } from './shared-observations.ts';

/** What the reporter in the main process tells the workers of the run. */
export interface ProvidedRun {
  /** Paths of the run's test files. */
  readonly files: readonly string[];
  /** The record that the run is compared with. */
  readonly baseline: string | null;
  /** A folder in which suites that run side by side tell each other what they observed; null where one follows the other. */
  readonly shared: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    wirewrapRun: ProvidedRun;
  }
}

export interface WorkerPlan extends RunPlan {
  readonly baseline: string | null;
  /** How often each case is run; null where nobody said. */
  readonly repeat: Repeat | null;
  /** What the suites that run beside this one observed; null where one follows the other in this worker. */
  readonly shared: SharedObservations | null;
}

/** The plan of the run that this worker is part of; without the reporter it is one of every suite. */
export function workerPlan(): WorkerPlan {
  const provided = inject('wirewrapRun') as ProvidedRun | undefined;
  const baseline = provided?.baseline ?? null;
  const selection = selectionOf(process.env);
  const plan = planRun({
    selection,
    baseline: baseline !== null,
    ...(provided === undefined ? {} : { files: provided.files }),
  });
  const folder = provided?.shared ?? null;
  const shared = folder === null ? null : new SharedObservations(folder);
  return { ...plan, baseline, repeat: repeatOf(selection), shared };
}
