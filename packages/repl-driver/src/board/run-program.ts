import { AGENT_FILE } from '../agent/agent.ts';
import type { AgentAnswer, AgentRun } from '../agent/agent-session.ts';
import { feedSource } from '../agent/feed-source.ts';
import { PROGRAM_STREAM } from '../agent/programs.ts';
import { debug, ignored } from '../debug.ts';
import { MicroPythonError } from '../errors.ts';
import { Attempts } from '../files/attempts.ts';
import { ResetWatch } from '../line/reset-watch.ts';
import { StallWatch } from '../line/stall-watch.ts';
import { OUTLAST_MS, outlastReceiver, receiverEnded } from '../recovery/outlast.ts';
import type { SessionAccess } from '../session/session.ts';

/** Bytes up to which a program goes with its request, which is quicker, and takes about eight times as much of the heap. */
const LONGEST_REQUEST = 4_096;
/** The board fell silent, or has given up: its prompt is due. */
const PROMPT_MS = 3_000;

type Program = Omit<AgentRun, 'kind' | 'names' | 'prepare' | 'feed'>;

/** Runs a program of any length: a long one is compiled while it comes, where the board can, so that its text takes no heap. */
export async function runProgram(access: SessionAccess, program: Program): Promise<AgentAnswer> {
  const bytes = Buffer.from(program.source, 'utf8');
  if (bytes.length > LONGEST_REQUEST && (await canStream(access, program))) return await stream(access, program, bytes);
  return await access.agent.run({ kind: 'execute', ...program });
}

/** Brings the board what it needs for that, once for each agent. */
async function canStream({ agent }: SessionAccess, { mapFrame, deadline }: Program): Promise<boolean> {
  const known = agent.agent?.streams ?? null;
  if (known !== null) return known;
  try {
    const common = { kind: 'execute', names: 'agent', file: AGENT_FILE } as const;
    await agent.run({ ...common, source: PROGRAM_STREAM, mapFrame, deadline });
    agent.setStreams(true);
    return true;
  } catch (error) {
    if (!(error instanceof MicroPythonError)) throw error;
    debug('long programs go with their request: %s', error.message);
    agent.setStreams(false);
    return false;
  }
}

/** The outcome of an attempt once the program had begun: nothing is repeated then. */
type Outcome = { readonly answer: AgentAnswer } | { readonly error: unknown };

async function stream(access: SessionAccess, program: Program, bytes: Uint8Array): Promise<AgentAnswer> {
  const { line, repl, agent, deadline, closing } = access;
  const recover = async () => {
    await repl.enter(deadline.within(PROMPT_MS));
    agent.atPrompt();
  };
  const attempts = new Attempts({ deadline, closing, recover });
  const outcome = await attempts.run<Outcome>('The program', async (number) => {
    let begun = false;
    const watch = new StallWatch(line, program.deadline, number);
    const onBegin = () => {
      begun = true;
      watch.stop();
      program.onBegin?.();
    };
    const feed = () => feedSource(line, bytes, watch.limit);
    const prepare = () => canStream(access, program);
    try {
      const run = { ...program, kind: 'execute', deadline: watch.limit, onBegin, prepare, feed } as const;
      return { answer: await agent.run(run) };
    } catch (error) {
      if (begun) return { error };
      await letGo(access);
      throw error;
    } finally {
      watch.stop();
    }
  });
  if ('error' in outcome) throw outcome.error;
  return outcome.answer;
}

/** A board that waits for the rest of a window takes every byte for source, Ctrl-C included. */
async function letGo({ line, deadline }: SessionAccess): Promise<void> {
  if (line.closeReason) return;
  const came = line.take();
  const resets = new ResetWatch();
  resets.add(came);
  if (resets.hasReset()) throw resets.error(new Uint8Array(), '');
  if (!receiverEnded(came))
    await outlastReceiver(line, deadline.detached(OUTLAST_MS)).catch(ignored('outlasting a program that did not come'));
}
