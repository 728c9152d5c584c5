import type { ResetCause } from '@wirewrap/repl-driver';
import type { BoardRun } from './board-endpoint.ts';
import type { BoardError, BoardOutcome, StepOutcome } from './board-outcome.ts';
import { type CaseReader, PLAINTEXT_STEP, SOCKET_STEP, WRAP_STEP } from './case-reader.ts';
import { DEFAULTS } from './run-defaults.ts';

/** The board died instead of answering: the decoded reason, and why it reset where it said so. */
export interface Crash {
  readonly text: string;
  readonly resetCause?: ResetCause;
}

/** Puts the lines of a case together. `error` and `crash` belong to the step that was under way. */
export function outcomeOf(
  role: 'client' | 'server',
  run: BoardRun,
  reader: CaseReader,
  error: BoardError | null,
  crash: Crash | null,
): BoardOutcome {
  const socket = reader.steps.get(SOCKET_STEP);
  const wrapped = reader.steps.get(WRAP_STEP);
  const under = (step: string): StepOutcome => ({ step, value: null, error, ms: 0 });
  const plaintext = reader.steps.get(PLAINTEXT_STEP);
  const early = [socket, plaintext].find((step) => step?.error);
  const wrap =
    early ??
    wrapped ??
    under(socket ? (run.startTls && !plaintext ? 'plaintext' : 'wrap') : role === 'client' ? 'connect' : 'accept');
  const steps = [...reader.steps].filter(([index]) => index >= 0).map(([, step]) => step);
  const planned = run.steps ?? DEFAULTS.steps;
  const next = planned[steps.length];
  const underWay = wrapped ? (next?.do === 'python' ? next.name : (next?.do ?? 'closing')) : wrap.step;
  const first = [wrap, ...steps].find((step) => step.error)?.error ?? error;
  return {
    role,
    ...(plaintext === undefined ? {} : { plaintext }),
    completed: crash === null && first === null && steps.length === planned.length,
    wrap,
    steps,
    error: first,
    wrapMs: wrapped?.ms ?? 0,
    heapBefore: reader.heap?.[0] ?? null,
    heapAfter: reader.heap?.[1] ?? null,
    crash: crash?.text ?? null,
    ...(crash?.resetCause === undefined ? {} : { resetCause: crash.resetCause }),
    ...(crash === null ? {} : { crashedIn: underWay }),
  };
}
