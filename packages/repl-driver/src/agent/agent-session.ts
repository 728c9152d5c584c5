import { isDeadline, NotStartedError, ReplDriverError } from '../errors.ts';
import { INTERRUPT } from '../line/control.ts';
import type { Line } from '../line/line.ts';
import type { FrameMap } from '../python/raised.ts';
import type { RawRepl } from '../repl/raw-repl.ts';
import type { Deadline } from '../time/deadline.ts';
import {
  type AgentCall,
  type AgentRequest,
  DEFAULT_FILE,
  LEAVE,
  lineFor,
  NAME_TAKEN,
  NO_AGENT,
  statementFor,
  streamedStatementFor,
} from './agent.ts';
import { type Agent, type AgentState, NO_AGENT_YET } from './agent-state.ts';
import { installAgent } from './install-agent.ts';
import { raisedByPrint, raisedByReport, raisedByTraceback } from './raised-on-board.ts';
import { protocolError, RunReading, type RunWatch } from './run-reading.ts';
import { PROMPT, PROMPT_END, RunScanner } from './run-scanner.ts';
import { afterSystemExit, seen } from './system-exit.ts';

/** The longest that a line may take between two bytes of a prompt. */
const PROMPT_MS = 1_000;

/** How often a call that arrived damaged is sent again. */
const ATTEMPTS = 3;

export interface AgentRun extends RunWatch {
  readonly kind: AgentCall['kind'];
  /** Default: the user's programs'. */
  readonly names?: AgentCall['names'];
  readonly source: string;
  /** The file's name as the board shall know it. */
  readonly file?: string;
  readonly mapFrame: FrameMap;
  /** Brings what the call needs to a board whose agent is new; may run calls of its own. */
  readonly prepare?: (() => Promise<unknown>) | undefined;
  /** Sends the source in windows after the request, from which it is then missing. */
  readonly feed?: (() => Promise<void>) | undefined;
}

export interface AgentAnswer {
  readonly output: string;
  /** The repr of the value of an expression. */
  readonly payload: string;
}

/** Runs source through the agent on the board; installs it when it is not there. */
export class AgentSession {
  readonly #line: Line;
  readonly #repl: RawRepl;
  readonly #nonce: () => string;
  #state: AgentState = NO_AGENT_YET;

  constructor(line: Line, repl: RawRepl, nonce: () => string) {
    this.#line = line;
    this.#repl = repl;
    this.#nonce = nonce;
  }

  /** The agent that is installed; null before the first call after a reset. */
  get agent(): Agent | null {
    return this.#state.agent;
  }

  /** After a reset the agent is gone. */
  forget(): void {
    this.#state = { ...NO_AGENT_YET, unread: this.#state.unread };
  }

  async run(run: AgentRun): Promise<AgentAnswer> {
    for (let attempt = 0; ; attempt++) {
      const agent = this.agent ?? (await this.#install(run.deadline));
      await run.prepare?.();
      const answer = await this.#attempt(run, this.agent ?? agent);
      if (answer !== 'again') return answer;
      if (attempt >= ATTEMPTS) throw protocolError('the code arrived damaged four times');
    }
  }

  async #install(deadline: Deadline): Promise<Agent> {
    const agent = await installAgent({ line: this.#line, repl: this.#repl }, deadline);
    this.#state = { at: 'prompt', agent, unread: this.#state.unread };
    return agent;
  }

  /** What the board sent between two calls; the prompt after the last answer may be in it. */
  heard(bytes: Buffer): void {
    const state = this.#state;
    if (state.at === 'prompt') return;
    const text = state.heard + bytes.toString('latin1');
    if (text.includes(PROMPT_END)) this.#arrive(state.unread || state.at === 'agent');
    else this.#state = { ...state, heard: text.slice(1 - PROMPT.length) };
  }

  /** Nothing but a prompt begins so where an agent stays: the rest of it is under way. */
  async #wholePrompt(deadline: Deadline): Promise<void> {
    const state = this.#state;
    if (state.at !== 'agent' || !state.heard.endsWith(PROMPT.slice(0, 1))) return;
    const whole = (waiting: Buffer) => (state.heard + waiting.toString('latin1')).includes(PROMPT_END);
    await seen(this.#line, 'the rest of a prompt', deadline.within(PROMPT_MS), whole);
    this.heard(this.#line.take());
  }

  /** The program that runs was given input: what it does not read may stand at the prompt after it. */
  fed(): void {
    this.#state = { ...this.#state, unread: true };
  }

  /** Somebody else brought the board to the raw REPL's prompt. */
  atPrompt(): void {
    this.#arrive(this.#state.unread);
  }

  #arrive(unread: boolean): void {
    this.#state = { at: 'prompt', agent: this.#state.agent, unread };
  }

  /** Brings the board to an empty prompt of the raw REPL, for what does not go through the agent. */
  async clear(deadline: Deadline): Promise<void> {
    await this.#settle(deadline);
    if (this.#state.unread) await this.#line.write(INTERRUPT, deadline);
    this.#arrive(false);
  }

  /** Brings the board to the raw REPL's prompt; something that nobody read may stand there. */
  async #settle(deadline: Deadline): Promise<void> {
    const state = this.#state;
    if (state.at === 'agent') await this.#line.write(LEAVE, deadline);
    if (state.at !== 'prompt') {
      await this.#line.until('the prompt after the last answer', deadline, (waiting) =>
        (state.heard + waiting.toString('latin1')).includes(PROMPT_END) ? true : undefined,
      );
    }
    this.heard(this.#line.take());
  }

  /** `again` when the board refused before it ran anything. */
  async #attempt(run: AgentRun, agent: Agent): Promise<AgentAnswer | 'again'> {
    const { kind, names = 'program', source, file = DEFAULT_FILE } = run;
    const call = { kind, names, source, file, checked: agent.checked };
    this.heard(this.#line.take());
    await this.#wholePrompt(run.deadline);
    // Ctrl-C clears what is at the prompt; before the prompt it would strike the end of the call before.
    const mustSettle = run.feed !== undefined || (this.#state.unread && this.#state.at === 'prompt owed');
    if (mustSettle) await this.#settle(run.deadline);
    const before = this.#state;
    const line = before.at === 'agent' ? lineFor(call, before.salt) : undefined;
    const request = line ?? this.#statement(run, call, agent);
    const asLine = line !== undefined;
    const scanner = new RunScanner(request.nonce, {
      begin: request.begin,
      stays: request.salt !== null,
      checked: agent.checked,
      promptOwed: before.at !== 'prompt' && !asLine,
    });
    const reading = new RunReading(this.#line, scanner, run);
    if (!(await this.#send(request, run.deadline, { asLine }))) return 'again';
    await run.feed?.();
    const end = await reading.toEnd().catch((error: unknown) => {
      // Where lines do not come through, the raw REPL does.
      if (asLine && !scanner.begun && isDeadline(error)) this.#change({ stays: false });
      throw error;
    });
    if (end.kind === 'ended') {
      if (scanner.begun) throw this.#withoutReport(end.traceback, run, reading.output);
      return await this.#withoutAnswer(end.traceback, run, { asLine });
    }
    if (end.letter === 'S') {
      this.forget();
      throw await afterSystemExit(this.#line, run.deadline, reading.output);
    }
    // What follows the answer is certain, and what is sent before it waits in the board's receive ring: nobody waits for it.
    const { salt } = request;
    const after = { agent, unread: reading.asked || this.#state.unread, heard: '' };
    this.#state =
      salt !== null && end.letter !== 'C' ? { at: 'agent', salt, ...after } : { at: 'prompt owed', ...after };
    this.heard(this.#line.take());
    if (end.letter === 'C') {
      if (!run.feed) return 'again';
      // What was under way may stand at the prompt now.
      this.fed();
      throw protocolError('the program arrived damaged');
    }
    if (end.letter === 'E') throw raisedByReport(end.payload, run.mapFrame, reading.output);
    if (end.letter === 'T') throw raisedByPrint(end.payload, run.mapFrame, reading.output);
    if (end.letter !== (kind === 'evaluate' ? 'V' : 'D')) throw protocolError(`an answer of kind ${end.letter} came`);
    if (isDoubledMark(reading.output)) throw protocolError('a mark around the output came twice');
    return { output: reading.output, payload: end.payload };
  }

  #statement(run: AgentRun, call: AgentCall, { stays, hidden }: Agent): AgentRequest {
    const nonce = this.#nonce();
    return run.feed
      ? streamedStatementFor(call, nonce, { hidden })
      : statementFor(call, nonce, { mayStay: stays, hidden });
  }

  #change(change: Partial<Agent>): void {
    const state = this.#state;
    if (state.agent) this.#state = { ...state, agent: { ...state.agent, ...change } } as AgentState;
  }

  /** Notes what the board's end of transfers can do, once it is installed. */
  setReceiver(receiver: Agent['receiver']): void {
    this.#change({ receiver });
  }

  /** Notes whether the board compiles programs while they come. */
  setStreams(streams: boolean): void {
    this.#change({ streams });
  }

  /** False when the board did not take it. */
  async #send(request: AgentRequest, deadline: Deadline, { asLine }: { asLine: boolean }): Promise<boolean> {
    const { at, unread } = this.#state;
    const before = at === 'agent' ? LEAVE : unread ? INTERRUPT : '';
    try {
      if (asLine) await this.#line.write(request.text, deadline);
      else await this.#repl.submit(request.text, deadline, before);
      this.#arrive(false);
      return true;
    } catch (error) {
      if (!(error instanceof NotStartedError) || deadline.over) throw error;
      await this.#repl.enter(deadline);
      this.atPrompt();
      return false;
    }
  }

  /** The program began, and the raw REPL's prompt came without an answer: the agent itself was ended. */
  #withoutReport(traceback: string, run: AgentRun, output: string): ReplDriverError {
    const error = traceback === '' ? null : raisedByTraceback(traceback, run.mapFrame, output);
    if (error?.type === 'MemoryError') return error;
    this.forget();
    if (error) return error;
    return new ReplDriverError(
      'PROTOCOL',
      "The board is back at its prompt without an answer of the driver's program, which something on the board has ended; look at what the program does to its interpreter.",
    );
  }

  /** The raw REPL's prompt came, and nothing of the agent. */
  async #withoutAnswer(traceback: string, run: AgentRun, { asLine }: { asLine: boolean }): Promise<'again'> {
    if (asLine && traceback === '') {
      // The agent had left: the line waits at the prompt as the start of a command.
      await this.#line.write(INTERRUPT, run.deadline);
      return 'again';
    }
    if (NO_AGENT.test(traceback)) {
      this.forget();
      return 'again';
    }
    if (!this.agent?.hidden && !asLine && (await this.#isHidden(traceback, run.deadline))) {
      this.#change({ hidden: true });
      return 'again';
    }
    // Before the agent had a say: Ctrl-C, or no memory for the command itself.
    if (/KeyboardInterrupt|^MemoryError/m.test(traceback)) throw raisedByTraceback(traceback, run.mapFrame);
    throw protocolError(`the raw REPL said ${JSON.stringify(traceback.trim().split('\r\n').at(-1) ?? '')}`);
  }

  /** Our statement met something else under the agent's name: then nothing of the call ran. */
  async #isHidden(traceback: string, deadline: Deadline): Promise<boolean> {
    if (traceback !== '' && !/^(?:TypeError|AttributeError)/m.test(traceback)) return false;
    const { output } = await this.#repl.run(NAME_TAKEN, deadline);
    return output.startsWith('1');
  }
}

/** Output of nothing but the bytes that begin our own marks is taken for one that the line doubled. */
function isDoubledMark(output: string): boolean {
  return output !== '' && output.replaceAll('\x1e', '').replaceAll('\x1f', '') === '';
}
