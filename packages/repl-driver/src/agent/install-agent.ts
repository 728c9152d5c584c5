import type { Deadline } from '../time/deadline.ts';
import type { Agent } from './agent-state.ts';
import { INSTALL_AGENT, INSTALL_AGENT_AT_ONCE } from './programs.ts';
import { runUnaided, type UnaidedLine } from './run-unaided.ts';

/** From this round trip on, each command more is one too many. */
const FAR_MS = 200;

const INSTALLED = /ww2:([c-])([l-])ww2$/;

function read(output: string): Agent | undefined {
  const match = INSTALLED.exec(output);
  if (match === null) return undefined;
  return { checked: match[1] === 'c', stays: match[2] === 'l', hidden: false, streams: null, receiver: null };
}

/** Sends the agent to the board until all of it arrived. Fails with `PROTOCOL` or `NOT_MICROPYTHON` after three attempts. */
export async function installAgent(at: UnaidedLine, deadline: Deadline): Promise<Agent> {
  const commands = at.line.roundTripMs > FAR_MS ? INSTALL_AGENT_AT_ONCE : INSTALL_AGENT;
  return await runUnaided(at, { commands, read }, deadline);
}
