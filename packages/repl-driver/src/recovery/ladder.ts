import { ReplDriverError, type ReplDriverErrorCode } from '../errors.ts';
import { isDeadline } from '../repl/enter-raw.ts';
import { sleep } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { GENTLE_RUNGS, RUNGS, type Rung, type RungContext } from './rungs.ts';

const BOOT_PAUSE_MS = 100;
const BOOTING: ReadonlySet<ReplDriverErrorCode> = new Set([
  'DEADLINE',
  'TRANSPORT_CLOSED',
  'NO_SUCH_PORT',
  'NO_PERMISSION',
  'PORT_BUSY',
]);

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
  rungs: readonly Rung[] = RUNGS,
): Promise<void> {
  const tried: string[] = [];
  let last: unknown;
  for (const rung of rungs) {
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

/**
 * Waits for a board that was just reset: it is asked for the raw REPL again and again until the deadline, and not reset
 * once more however slowly it boots. A port that went away is opened when it is back.
 */
export async function awaitBoot(
  context: RungContext,
  deadline: Deadline,
  log: (event: RecoveryEvent) => void,
): Promise<void> {
  for (;;) {
    try {
      return await climb(context, deadline, log, GENTLE_RUNGS);
    } catch (error) {
      if (deadline.over || !mayPass(error)) throw error;
      await sleep(deadline.clock, Math.min(BOOT_PAUSE_MS, deadline.remainingMs));
    }
  }
}

/** While a board boots it is silent, its port is missing, or a server refuses it. */
function mayPass(error: unknown): boolean {
  return error instanceof ReplDriverError && BOOTING.has(error.code);
}

function cameInstead(error: unknown): string {
  return error instanceof ReplDriverError && 'cameInstead' in error ? String(error.cameInstead) : 'nothing';
}
