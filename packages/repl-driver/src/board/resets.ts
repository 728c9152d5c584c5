import { DeadlineError, ReplDriverError } from '../errors.ts';
import { bootSettled, pulseReset } from '../recovery/rungs.ts';
import type { Session, SessionAccess } from '../session/session.ts';
import type { Deadline } from '../time/deadline.ts';
import type { ResetKind } from './board.ts';

/** Called with what is waited for now. */
type Step = (what: string) => void;
type Reset = (session: Session, access: SessionAccess, deadline: Deadline, step: Step) => Promise<string>;

/** Each resolves with what the board printed when its raw REPL answers again. */
const RESETS: Readonly<Record<ResetKind, Reset>> = {
  async soft(session, { line, repl, agent }, deadline, step) {
    step('the prompt before a soft reset');
    await agent.clear(deadline);
    session.forgetState({ ready: false });
    step('the raw REPL after a soft reset');
    try {
      const printed = await repl.softReset(deadline);
      session.forgetState({ ready: true });
      return printed;
    } catch (error) {
      // WebREPL ends with the interpreter that it runs in, and is back with the next one.
      if (!line.closeReason) throw error;
      const printed = line.peek().toString('utf8');
      await session.ready(deadline, { booting: true });
      return printed;
    }
  },
  async run(session, { line }, deadline, step) {
    session.forgetState({ ready: false });
    step('the modem lines in a run reset');
    if (!(await pulseReset(line, deadline, () => step('the raw REPL after a run reset')))) {
      await session.ready(deadline);
      throw new ReplDriverError('BAD_VALUE', `${session.url} has no RTS line for a run reset; use a soft reset.`);
    }
    const printed = line.peek().toString('utf8');
    await session.ready(deadline, { booting: true });
    return printed;
  },
  async power(session, { line }, deadline, step) {
    session.forgetState({ ready: false });
    line.take();
    step('the power-cycle command in a power reset');
    await session.powerCycle(deadline);
    step('the raw REPL after a power reset');
    await bootSettled(line, deadline);
    const printed = line.peek().toString('utf8');
    await session.ready(deadline, { booting: true });
    return printed;
  },
};

/** Resets the board; an error at the deadline says which step was waited for, and what the board sent meanwhile. */
export async function resetBoard(session: Session, kind: ResetKind, deadline: Deadline): Promise<string> {
  if (!Object.hasOwn(RESETS, kind)) {
    throw new ReplDriverError('BAD_VALUE', `There is no reset ${JSON.stringify(kind)}; use one of soft, run or power.`);
  }
  let waitedFor: string | null = null;
  const step: Step = (what) => {
    waitedFor = what;
  };
  try {
    return await session.call(`a ${kind} reset`, deadline, (access) => RESETS[kind](session, access, deadline, step));
  } catch (error) {
    if (!(error instanceof DeadlineError) || waitedFor === null) throw error;
    const explained = new DeadlineError({ waitedFor, waitedMs: error.waitedMs, cameInstead: session.came() });
    explained.traffic = error.traffic;
    throw explained;
  }
}
