import type { BoardRun } from './board-endpoint.ts';
import type { BoardError, BoardOutcome, StepOutcome } from './board-outcome.ts';
import { type CaseReader, plaintextStep, socketStep, wrapStep } from './case-reader.ts';
import { defaults } from './run-defaults.ts';

/** Puts the lines of a case together. `error` and `crash` belong to the step that was under way. */
export function outcomeOf(
  role: 'client' | 'server',
  run: BoardRun,
  reader: CaseReader,
  error: BoardError | null,
  crash: string | null,
): BoardOutcome {
  const socket = reader.steps.get(socketStep);
  const wrapped = reader.steps.get(wrapStep);
  const under = (step: string): StepOutcome => ({ step, value: null, error, ms: 0 });
  const plaintext = reader.steps.get(plaintextStep);
  const early = [socket, plaintext].find((step) => step?.error);
  const wrap =
    early ??
    wrapped ??
    under(socket ? (run.startTls && !plaintext ? 'plaintext' : 'wrap') : role === 'client' ? 'connect' : 'accept');
  const steps = [...reader.steps].filter(([index]) => index >= 0).map(([, step]) => step);
  const planned = run.steps ?? defaults.steps;
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
    crash,
    ...(crash === null ? {} : { crashedIn: underWay }),
  };
}
