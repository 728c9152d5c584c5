import { BoardResetError, isDeadline, NotStartedError, ReplDriverError } from '../errors.ts';
import { INTERRUPT, RAW_BANNER } from '../line/control.ts';
import type { Line } from '../line/line.ts';
import { SILENCE_AFTER_RESET_MS } from '../line/reset-watch.ts';
import { StallWatch } from '../line/stall-watch.ts';
import { parseLiteral, tryParseLiteral } from '../python/parse-literal.ts';
import { type FrameMap, raisedError } from '../python/raised.ts';
import type { RawRepl } from '../repl/raw-repl.ts';
import type { Deadline } from '../time/deadline.ts';
import { type AgentRequest, DEFAULT_FILE, INSTALL_AGENT, LEAVE, lineFor, NAMES_TAKEN, statementFor } from './agent.ts';
import { protocolError, RunReading, type RunWatch } from './run-reading.ts';
import { PROMPT, PROMPT_END, RunScanner } from './run-scanner.ts';

/** A boot.py that joins a Wi-Fi has so long before Ctrl-C breaks it off. */
const BOOT_MS = 10_000;

/** The longest that a line may take between two bytes of a prompt. */
const PROMPT_MS = 1_000;

export interface AgentRun extends RunWatch {
  readonly kind: 'x' | 'e';
  readonly source: string;
  /** The file's name as the board shall know it. */
  readonly file?: string;
  readonly mapFrame: FrameMap;
  /** Brings what the call needs to a board whose agent is new; may run calls of its own. */
  readonly prepare?: (() => Promise<unknown>) | undefined;
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
  #checked = true;
  #installed = false;
  /** Whether this board's agent stays after short source. */
  #stays = false;
  /** Whether a global of the program's own bears the agent's name. */
  #hidden = false;
  /** Where the board is between two calls: at the raw REPL's prompt, on its way there, or in the agent that stayed. */
  #place: 'prompt' | 'prompt owed' | 'agent' = 'prompt';
  /** What nobody read may stand at the prompt: the agent left because of it, or a program was given input. */
  #left = false;
  /** For the next line to an agent that stayed. */
  #salt = '';
  /** The end of what was heard since the last answer: it may be the start of the prompt. */
  #heard = '';
  /** What is known of this agent's interpreter; gone with it. */
  memory: Record<string, unknown> = {};

  constructor(line: Line, repl: RawRepl, nonce: () => string) {
    this.#line = line;
    this.#repl = repl;
    this.#nonce = nonce;
  }

  /** After a reset the agent is gone. */
  forget(): void {
    this.#installed = false;
    this.#hidden = false;
    this.#place = 'prompt';
    this.memory = {};
  }

  async run(run: AgentRun): Promise<AgentAnswer> {
    for (let attempt = 0; ; attempt++) {
      if (!this.#installed) await this.#install(run.deadline);
      await run.prepare?.();
      const answer = await this.#attempt(run);
      if (answer !== 'again') return answer;
      if (attempt >= 3) throw protocolError('the code arrived damaged four times');
    }
  }

  async #install(deadline: Deadline): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const { output, traceback } = await this.#installOnce(deadline);
      const match = /ww1([c-])([l-])$/.exec(output);
      if (match) {
        this.#checked = match[1] === 'c';
        this.#stays = match[2] === 'l';
        this.#installed = true;
        return;
      }
      if (attempt >= 2) {
        throw new ReplDriverError(
          'NOT_MICROPYTHON',
          `${this.#line.transport.url} has a raw REPL but could not run the driver's program (${(traceback || output).trim().split('\r\n').at(-1) || 'no answer'}); MicroPython 1.18 or newer is needed.`,
        );
      }
    }
  }

  /** Installing twice does no harm, so whatever the line swallowed is sent again; a slow line swallows nothing. */
  async #installOnce(deadline: Deadline): Promise<{ output: string; traceback: string }> {
    const watch = new StallWatch(this.#line, deadline);
    try {
      return await this.#repl.run(INSTALL_AGENT, watch.limit);
    } catch (error) {
      const lost = error instanceof NotStartedError || isDeadline(error);
      if (!lost || deadline.over) throw error;
      await this.#repl.enter(deadline);
      return { output: '', traceback: '' };
    } finally {
      watch.stop();
    }
  }

  /** What came between two calls; the prompt after the last answer may be in it. */
  heard(bytes: Buffer): void {
    const text = this.#heard + bytes.toString('latin1');
    if (text.includes(PROMPT_END)) {
      this.#left ||= this.#place === 'agent';
      this.#place = 'prompt';
    }
    this.#heard = text.slice(1 - PROMPT.length);
  }

  /** Nothing but a prompt begins so where an agent stays: the rest of it is under way. */
  async #wholePrompt(deadline: Deadline): Promise<void> {
    if (this.#place !== 'agent' || !this.#heard.endsWith(PROMPT.slice(0, 1))) return;
    const whole = (waiting: Buffer) => (this.#heard + waiting.toString('latin1')).includes(PROMPT_END);
    await this.#seen('the rest of a prompt', deadline.within(PROMPT_MS), whole);
    this.heard(this.#line.take());
  }

  /** The program that runs was given input: what it does not read may stand at the prompt after it. */
  fed(): void {
    this.#left = true;
  }

  /** Somebody else brought the board to the raw REPL's prompt. */
  atPrompt(): void {
    this.#place = 'prompt';
  }

  /** Brings the board to the raw REPL's prompt, for what does not go through the agent. */
  async settle(deadline: Deadline): Promise<void> {
    if (this.#place === 'agent') await this.#line.write(LEAVE, deadline);
    if (this.#place !== 'prompt') {
      await this.#line.until('the prompt after the last answer', deadline, (waiting) =>
        (this.#heard + waiting.toString('latin1')).includes(PROMPT_END) ? true : undefined,
      );
    }
    this.heard(this.#line.take());
  }

  /** `again` when the board refused before it ran anything. */
  async #attempt(run: AgentRun): Promise<AgentAnswer | 'again'> {
    const { kind, source, file = DEFAULT_FILE } = run;
    const call = { kind, source, file, checked: this.#checked };
    this.heard(this.#line.take());
    await this.#wholePrompt(run.deadline);
    // Ctrl-C clears what stands at the prompt; before the prompt it would strike the end of the call before.
    if (this.#left && this.#place === 'prompt owed') await this.settle(run.deadline);
    const asLine = this.#place === 'agent' ? lineFor(call, this.#salt) : undefined;
    const request = asLine ?? statementFor(call, this.#nonce(), { mayStay: this.#stays, hidden: this.#hidden });
    const promptOwed = this.#place !== 'prompt' && !asLine;
    const scanner = new RunScanner(request.nonce, {
      begin: request.begin,
      stays: request.salt !== null,
      checked: this.#checked,
      promptOwed,
    });
    const reading = new RunReading(this.#line, scanner, run);
    if (!(await this.#send(request, run.deadline, { asLine: asLine !== undefined }))) return 'again';
    const end = await reading.toEnd().catch((error: unknown) => {
      // Where lines do not come through, the raw REPL does.
      if (asLine && !scanner.begun && isDeadline(error)) this.#stays = false;
      throw error;
    });
    if (end.kind === 'ended') return await this.#withoutAnswer(end.traceback, run, { asLine: asLine !== undefined });
    if (end.letter === 'S') throw await this.#systemExit(run, reading.output);
    this.#heard = '';
    // What follows the answer is certain, and what is sent before it waits in the board's receive ring: nobody waits for it.
    this.#place = request.salt !== null && end.letter !== 'C' ? 'agent' : 'prompt owed';
    this.#salt = request.salt ?? '';
    this.heard(this.#line.take());
    if (end.letter === 'C') return 'again';
    if (end.letter === 'E') throw exception(end.payload, run.mapFrame);
    if (end.letter !== (run.kind === 'e' ? 'V' : 'D')) throw protocolError(`an answer of kind ${end.letter} came`);
    if (isDoubledMark(reading.output)) throw protocolError('a mark around the output came twice');
    return { output: reading.output, payload: end.payload };
  }

  /** False when the board did not take it. */
  async #send(request: AgentRequest, deadline: Deadline, { asLine }: { asLine: boolean }): Promise<boolean> {
    const before = this.#place === 'agent' ? LEAVE : this.#left ? INTERRUPT : '';
    try {
      if (asLine) await this.#line.write(request.text, deadline);
      else await this.#repl.submit(request.text, deadline, before);
      this.#place = 'prompt';
      this.#left = false;
      return true;
    } catch (error) {
      if (!(error instanceof NotStartedError) || deadline.over) throw error;
      await this.#repl.enter(deadline);
      this.#place = 'prompt';
      return false;
    }
  }

  /** The raw REPL's prompt came, and nothing of the agent. */
  async #withoutAnswer(traceback: string, run: AgentRun, { asLine }: { asLine: boolean }): Promise<'again'> {
    if (asLine && traceback === '') {
      // The agent had left: the line waits at the prompt as the start of a command.
      await this.#line.write(INTERRUPT, run.deadline);
      return 'again';
    }
    if (/NameError: name '_ww?' /.test(traceback)) {
      this.forget();
      return 'again';
    }
    if (!this.#hidden && !asLine && (await this.#isHidden(traceback, run.deadline))) {
      this.#hidden = true;
      return 'again';
    }
    // Before the agent had a say: Ctrl-C, or no memory for the command itself.
    if (/KeyboardInterrupt|^MemoryError/m.test(traceback)) throw raisedError({ traceback }, run.mapFrame);
    throw protocolError(`the raw REPL said ${JSON.stringify(traceback.trim().split('\r\n').at(-1) ?? '')}`);
  }

  /** Our statement met something else under the agent's name: then nothing of the call ran. */
  async #isHidden(traceback: string, deadline: Deadline): Promise<boolean> {
    if (traceback !== '' && !/^(?:TypeError|AttributeError)/m.test(traceback)) return false;
    const { output } = await this.#repl.run(NAMES_TAKEN, deadline);
    return output.startsWith('1');
  }

  /** The interpreter resets (or, on 1.18 to 1.23, may go on): wait for either, and for what boot.py does. */
  async #systemExit(run: AgentRun, output: string): Promise<ReplDriverError> {
    this.forget();
    await this.#seen(
      'the reset after SystemExit',
      run.deadline.within(SILENCE_AFTER_RESET_MS),
      (waiting) => waiting.includes('soft reboot') || waiting.includes(PROMPT, 0, 'latin1'),
    );
    if (this.#line.peek().includes('soft reboot')) {
      await this.#seen('the raw REPL after SystemExit', run.deadline.within(BOOT_MS), (waiting) =>
        waiting.includes(RAW_BANNER),
      );
    }
    await this.#line.drain(30, run.deadline.within(500));
    return new BoardResetError('BOARD_RESET', {
      reason: 'soft reset: the program raised SystemExit or called machine.soft_reset()',
      output,
    });
  }

  async #seen(what: string, deadline: Deadline, sign: (waiting: Buffer) => boolean): Promise<void> {
    await this.#line
      .until(what, deadline, (waiting) => sign(waiting) || undefined)
      .catch((error: unknown) => {
        if (!isDeadline(error)) throw error;
      });
  }
}

function exception(payload: string, mapFrame: FrameMap): ReplDriverError {
  const fields = parseLiteral(payload) as [string, string, boolean, string];
  const [type, traceback, isOsError, argsText] = fields;
  const args = tryParseLiteral(argsText);
  return raisedError(
    { type, traceback, isOsError, ...(args && Array.isArray(args.value) ? { args: args.value } : {}) },
    mapFrame,
  );
}

/** Output of nothing but the bytes that begin our own marks is taken for one that the line doubled. */
function isDoubledMark(output: string): boolean {
  return output !== '' && output.replaceAll('\x1e', '').replaceAll('\x1f', '') === '';
}
