import { ReplDriverError } from '../errors.ts';
import { isDeadline } from '../repl/enter-raw.ts';
import type { Deadline } from '../time/deadline.ts';
import { RUNGS, type RungContext } from './rungs.ts';

/** One step of a recovery, for the log. */
export interface RecoveryEvent {
  readonly rung: string;
  readonly outcome: 'recovered' | 'failed' | 'unavailable';
  readonly tookMs: number;
  /** Why it failed or was left out; empty when it worked. */
  readonly detail: string;
}

/**
 * Climbs from Ctrl-C to a power cycle until the raw REPL answers. Fails with the error of the last rung, or at the
 * deadline, naming every rung that was tried.
 */
export async function climb(
  context: RungContext,
  deadline: Deadline,
  log: (event: RecoveryEvent) => void,
): Promise<void> {
  const tried: string[] = [];
  let last: unknown;
  for (const rung of RUNGS) {
    if (deadline.over) break;
    const unavailable = rung.unavailable(context);
    if (unavailable) {
      log({ rung: rung.name, outcome: 'unavailable', tookMs: 0, detail: unavailable });
      continue;
    }
    const limit = deadline.within(rung.deadlineMs);
    try {
      await rung.run(context, limit);
      log({ rung: rung.name, outcome: 'recovered', tookMs: Math.round(limit.waitedMs), detail: '' });
      return;
    } catch (error) {
      if (!(error instanceof ReplDriverError) || error.code === 'ABORTED') throw error;
      last = error;
      tried.push(rung.name);
      log({ rung: rung.name, outcome: 'failed', tookMs: Math.round(limit.waitedMs), detail: error.message });
    }
  }
  if (last instanceof ReplDriverError && !isDeadline(last)) throw last;
  throw deadline.error(`the raw REPL (tried ${tried.join(', ') || 'nothing'})`, cameInstead(last));
}

function cameInstead(error: unknown): string {
  return error instanceof ReplDriverError && 'cameInstead' in error ? String(error.cameInstead) : 'nothing';
}
