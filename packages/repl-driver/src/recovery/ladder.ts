import { isDeadline, ReplDriverError, type ReplDriverErrorCode } from '../errors.ts';
import { sleep } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { ASKING_RUNGS, GENTLE_RUNGS, RUNGS, type Rung, type RungContext } from './rungs.ts';

const BOOT_PAUSE_MS = 100;
/** Longest that a board which reset by itself is only asked for its prompt. An emulated ESP32 boots in 6 s, a loaded one in more. */
const BOOT_MS = 20_000;
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

/** The way back to the raw REPL, from Ctrl-C to a power cycle. Where a call's deadline ends a climb, the next one goes on. */
export class Ladder {
  readonly #context: RungContext;
  readonly #log: (event: RecoveryEvent) => void;
  /** The lowest rung above Ctrl-C that was not tried since the board last answered. */
  #next = 1;
  /** Ctrl-C was tried last, in vain. */
  #asked = false;

  constructor(context: RungContext, log: (event: RecoveryEvent) => void) {
    this.#context = context;
    this.#log = log;
  }

  /** Ctrl-C alone. False when the board did not answer. */
  async ask(deadline: Deadline): Promise<boolean> {
    this.#asked = (await this.#try(RUNGS.slice(0, 1), deadline)) !== null;
    return !this.#asked;
  }

  /**
   * Climbs until the raw REPL answers; a board that stayed silent all the way is asked gently until the deadline. Fails with
   * the error of the last rung, or at the deadline, naming every rung that was tried.
   */
  async climb(deadline: Deadline): Promise<void> {
    const failure = await this.#try(this.#left(), deadline);
    if (failure === null) return;
    if (this.#next === RUNGS.length) this.#next = 1;
    if (isDeadline(failure.last) && !deadline.over) {
      try {
        return await this.awaitBoot(deadline);
      } catch (error) {
        if (!isDeadline(error)) throw error;
      }
    }
    throw this.#errorOf(failure, deadline);
  }

  /**
   * For a board that was seen to reset by itself: it boots, and what is rough does not help it, so that this waits for half of
   * the call's time.
   */
  async climbAfterReset(deadline: Deadline): Promise<void> {
    const patience = deadline.within(Math.min(BOOT_MS, deadline.remainingMs / 2));
    try {
      return await this.awaitBoot(patience);
    } catch (error) {
      if (!isDeadline(error)) throw error;
    }
    this.#asked = true;
    this.#next = Math.max(this.#next, ASKING_RUNGS.length);
    await this.climb(deadline);
  }

  /**
   * Waits for a board that was just reset: it is asked for the raw REPL again and again until the deadline, and not reset
   * once more however slowly it boots. A port that went away is opened when it is back.
   */
  async awaitBoot(deadline: Deadline): Promise<void> {
    for (;;) {
      const failure = await this.#try(GENTLE_RUNGS, deadline);
      if (failure === null) return;
      const error = this.#errorOf(failure, deadline);
      if (deadline.over || !BOOTING.has(error.code)) throw error;
      await sleep(deadline.clock, Math.min(BOOT_PAUSE_MS, deadline.remainingMs));
    }
  }

  #left(): readonly Rung[] {
    const left = RUNGS.slice(this.#next);
    const rungs = this.#asked ? left : [...RUNGS.slice(0, 1), ...left];
    this.#asked = false;
    return rungs;
  }

  /** One after the other; null when one of them brought the raw REPL. */
  async #try(rungs: readonly Rung[], deadline: Deadline): Promise<Failure | null> {
    const tried: string[] = [];
    let last: unknown;
    for (const rung of rungs) {
      this.#context.throwIfClosed();
      if (deadline.over) break;
      const unavailable = rung.unavailable(this.#context);
      if (unavailable) {
        this.#log({ rung: rung.name, outcome: 'unavailable', tookMs: 0, detail: unavailable });
        this.#passed(rung);
        continue;
      }
      const limit = deadline.within(rung.deadlineMs);
      const outcome = (fields: Pick<RecoveryEvent, 'outcome' | 'detail'>) =>
        this.#log({ rung: rung.name, tookMs: Math.round(limit.waitedMs), ...fields });
      try {
        await rung.run(this.#context, limit);
        outcome({ outcome: 'recovered', detail: '' });
        this.#next = 1;
        this.#asked = false;
        return null;
      } catch (error) {
        if (!(error instanceof ReplDriverError) || error.code === 'ABORTED') throw error;
        outcome({ outcome: 'failed', detail: error.message });
        last = error;
        tried.push(rung.name);
        // One that the call's deadline cut short has another chance, unless it had the call for itself.
        if (!deadline.over || tried.length <= 2) this.#passed(rung);
      }
    }
    return { tried, last };
  }

  #passed(rung: Rung): void {
    this.#next = Math.max(this.#next, RUNGS.indexOf(rung) + 1);
  }

  #errorOf({ tried, last }: Failure, deadline: Deadline): ReplDriverError {
    if (last instanceof ReplDriverError && !isDeadline(last)) return last;
    return deadline.error(`the raw REPL (tried ${tried.join(', ') || 'nothing'})`, this.#context.came());
  }
}
