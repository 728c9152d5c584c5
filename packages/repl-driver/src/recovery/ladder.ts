import { ReplDriverError, type ReplDriverErrorCode } from '../errors.ts';
import { isDeadline } from '../repl/enter-raw.ts';
import { sleep } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { GENTLE_RUNGS, RUNGS, type Rung, type RungContext } from './rungs.ts';

const BOOT_PAUSE_MS = 100;
/** While a board boots it is silent, its port is missing, or a server refuses it. */
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

interface Failure {
  readonly tried: readonly string[];
  /** The error of the last rung that was tried. */
  readonly last: unknown;
}

/**
 * Climbs from Ctrl-C to a power cycle until the raw REPL answers; a board that stayed silent all the way is asked gently
 * until the deadline. Fails with the error of the last rung, or at the deadline, naming every rung that was tried.
 */
export async function climb(
  context: RungContext,
  deadline: Deadline,
  log: (event: RecoveryEvent) => void,
  rungs: readonly Rung[] = RUNGS,
): Promise<void> {
  const failure = await tryRungs(context, deadline, log, rungs);
  if (failure === null) return;
  if (isDeadline(failure.last) && !deadline.over) {
    try {
      return await awaitBoot(context, deadline, log);
    } catch (error) {
      if (!isDeadline(error)) throw error;
    }
  }
  throw errorOf(failure, deadline);
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
    const failure = await tryRungs(context, deadline, log, GENTLE_RUNGS);
    if (failure === null) return;
    const error = errorOf(failure, deadline);
    if (deadline.over || !BOOTING.has(error.code)) throw error;
    await sleep(deadline.clock, Math.min(BOOT_PAUSE_MS, deadline.remainingMs));
  }
}

/** One after the other; null when one of them brought the raw REPL. */
async function tryRungs(
  context: RungContext,
  deadline: Deadline,
  log: (event: RecoveryEvent) => void,
  rungs: readonly Rung[],
): Promise<Failure | null> {
  const tried: string[] = [];
  let last: unknown;
  for (const rung of rungs) {
    context.throwIfClosed();
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
      return null;
    } catch (error) {
      if (!(error instanceof ReplDriverError) || error.code === 'ABORTED') throw error;
      last = error;
      tried.push(rung.name);
      log({ rung: rung.name, outcome: 'failed', tookMs: Math.round(limit.waitedMs), detail: error.message });
    }
  }
  return { tried, last };
}

function errorOf({ tried, last }: Failure, deadline: Deadline): ReplDriverError {
  if (last instanceof ReplDriverError && !isDeadline(last)) return last;
  return deadline.error(`the raw REPL (tried ${tried.join(', ') || 'nothing'})`, cameInstead(last));
}

function cameInstead(error: unknown): string {
  return error instanceof ReplDriverError && 'cameInstead' in error ? String(error.cameInstead) : 'nothing';
}
