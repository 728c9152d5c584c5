import { debug } from '../debug.ts';
import { isDeadline, NotStartedError, ReplDriverError } from '../errors.ts';
import type { Line } from '../line/line.ts';
import { StallWatch } from '../line/stall-watch.ts';
import type { RawRepl } from '../repl/raw-repl.ts';
import type { Deadline } from '../time/deadline.ts';
import type { Agent } from './agent-state.ts';
import { INSTALL_AGENT, INSTALL_AGENT_AT_ONCE } from './programs.ts';

/** How often what did not arrive is sent. */
const ATTEMPTS = 3;

/** From this round trip on, each command more is one too many. */
const FAR_MS = 200;

const PART_INSTALLED = /ww2$/;
const INSTALLED = /ww2:([c-])([l-])ww2$/;

/** Where the agent is installed. */
export interface AgentLine {
  readonly line: Line;
  readonly repl: RawRepl;
}

/** Sends the agent to the board until all of it arrived. Fails with `PROTOCOL` or `NOT_MICROPYTHON` after three attempts. */
export async function installAgent(at: AgentLine, deadline: Deadline): Promise<Agent> {
  for (let attempt = 1; ; attempt++) {
    const answer = await installOnce(at, deadline, attempt);
    const match = INSTALLED.exec(answer.output);
    if (match)
      return { checked: match[1] === 'c', stays: match[2] === 'l', hidden: false, streams: null, receiver: null };
    if (attempt >= ATTEMPTS) throw notInstalled(at.line.transport.url, answer);
  }
}

/** The result of an attempt to install the agent; `silentMs`: the board said nothing for so long. */
interface Installation {
  readonly output: string;
  readonly traceback: string;
  readonly silentMs: number;
}

/** Installing twice does no harm, so whatever the line swallowed is sent again; a slow line swallows nothing. */
async function installOnce({ line, repl }: AgentLine, deadline: Deadline, attempt: number): Promise<Installation> {
  const watch = new StallWatch(line, deadline, attempt);
  try {
    let answer = { output: '', traceback: '' };
    const isFar = line.roundTripMs > FAR_MS;
    for (const part of isFar ? INSTALL_AGENT_AT_ONCE : INSTALL_AGENT) {
      answer = await repl.run(part, watch.limit);
      if (!PART_INSTALLED.test(answer.output)) break;
    }
    return { ...answer, silentMs: 0 };
  } catch (error) {
    if (!(error instanceof ReplDriverError) || deadline.over) throw error;
    if (!(error instanceof NotStartedError) && !isDeadline(error)) throw error;
    debug('installing the agent, attempt %d: %s', attempt, error.name);
    await repl.enter(deadline);
    const silent = error instanceof NotStartedError ? error.silent : true;
    return { output: '', traceback: '', silentMs: silent ? watch.silenceMs : 0 };
  } finally {
    watch.stop();
  }
}

/** A board that refuses, one that is slow, and a line that loses bytes are three things. */
function notInstalled(url: string, { output, traceback, silentMs }: Installation): ReplDriverError {
  const said = (traceback || output).trim().split('\r\n').at(-1) ?? '';
  if (silentMs > 0) {
    const message = `${url} has a raw REPL, but did not run the driver's program within ${silentMs} ms; the board is slow or stuck, so give a longer deadlineMs, or reset it.`;
    return new ReplDriverError('PROTOCOL', message);
  }
  if (said === '') {
    const message = `The driver's program arrived damaged at ${url} in ${ATTEMPTS} attempts; the line loses or changes bytes, so check cable and speed.`;
    return new ReplDriverError('PROTOCOL', message);
  }
  const message = `${url} has a raw REPL but could not run the driver's program (${said}); MicroPython 1.18 or newer is needed.`;
  return new ReplDriverError('NOT_MICROPYTHON', message);
}
