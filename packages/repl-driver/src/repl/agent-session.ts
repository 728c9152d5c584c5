import { BoardResetError, NotStartedError, ReplDriverError } from '../errors.ts';
import { parseLiteral, tryParseLiteral } from '../python/parse-literal.ts';
import { type FrameMap, raisedError } from '../python/raised.ts';
import { ResetWatch, SILENCE_AFTER_RESET_MS } from '../recovery/reset-watch.ts';
import type { Line } from '../session/line.ts';
import type { Deadline } from '../time/deadline.ts';
import { agentCall, DEFAULT_FILE, INSTALL_AGENT } from './agent.ts';
import { isDeadline } from './enter-raw.ts';
import { OutputDecoder } from './output-decoder.ts';
import type { RawRepl } from './raw-repl.ts';
import { type RunEvent, RunScanner } from './run-scanner.ts';

/** 1.2 KB at 9600 bit/s, and then some. */
const INSTALL_MS = 4_000;

export interface AgentRun {
  readonly kind: 'x' | 'e';
  readonly source: string;
  /** The file's name as the board shall know it. */
  readonly file?: string;
  readonly mapFrame: FrameMap;
  readonly deadline: Deadline;
  readonly onOutput?: ((text: string) => void) | undefined;
  /** Takes the output as bytes instead; `output` is then empty. */
  readonly onBytes?: ((bytes: Uint8Array) => void) | undefined;
  /** Brings what the call needs to a board whose agent is new; may run calls of its own. */
  readonly prepare?: (() => Promise<unknown>) | undefined;
  /** Called when the board said that the program began. */
  readonly onBegin?: (() => void) | undefined;
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
      const match = /ww1([c-])$/.exec(output);
      if (match) {
        this.#checked = match[1] === 'c';
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

  /** Installing twice does no harm, so whatever the line swallowed is sent again. */
  async #installOnce(deadline: Deadline): Promise<{ output: string; traceback: string }> {
    try {
      return await this.#repl.run(INSTALL_AGENT, deadline.within(INSTALL_MS));
    } catch (error) {
      const lost = error instanceof NotStartedError || isDeadline(error);
      if (!lost || deadline.over) throw error;
      await this.#repl.enter(deadline);
      return { output: '', traceback: '' };
    }
  }

  /** `again` when the board refused before it ran anything. */
  async #attempt(run: AgentRun): Promise<AgentAnswer | 'again'> {
    const nonce = this.#nonce();
    const scanner = new RunScanner(nonce, { checked: this.#checked });
    const reading = new RunReading(this.#line, scanner, run);
    this.#line.take();
    try {
      await this.#repl.submit(agentCall(run.kind, nonce, run.source, run.file ?? DEFAULT_FILE), run.deadline);
    } catch (error) {
      if (!(error instanceof NotStartedError) || run.deadline.over) throw error;
      await this.#repl.enter(run.deadline);
      return 'again';
    }
    const end = await reading.toEnd();
    if (end.kind === 'missing') {
      this.forget();
      return 'again';
    }
    if (end.letter === 'C') {
      await this.#toPrompt(run.deadline);
      return 'again';
    }
    if (end.letter === 'S') throw await this.#systemExit(run, reading.output);
    await this.#toPrompt(run.deadline);
    if (end.letter === 'E') throw exception(end.payload, run.mapFrame);
    if (end.letter !== (run.kind === 'e' ? 'V' : 'D')) throw protocolError(`an answer of kind ${end.letter} came`);
    return { output: reading.output, payload: end.payload };
  }

  #toPrompt(deadline: Deadline): Promise<void> {
    return this.#line
      .until('the prompt after the answer', deadline, (waiting) => {
        const at = waiting.indexOf('\x04\x04>', 0, 'latin1');
        return at < 0 ? undefined : at + 3;
      })
      .then((end) => {
        this.#line.take(end);
      });
  }

  /** The interpreter resets (or, on 1.18 to 1.23, may go on): wait for either. */
  async #systemExit(run: AgentRun, output: string): Promise<ReplDriverError> {
    this.forget();
    await this.#line
      .until('the reset after SystemExit', run.deadline.within(SILENCE_AFTER_RESET_MS), (waiting) =>
        waiting.includes('raw REPL; CTRL-B to exit\r\n>') || waiting.includes('\x04\x04>') ? true : undefined,
      )
      .catch((error: unknown) => {
        if (!isDeadline(error)) throw error;
      });
    await this.#line.drain(30, run.deadline.within(500));
    return new BoardResetError('BOARD_RESET', {
      reason: 'soft reset: the program raised SystemExit or called machine.soft_reset()',
      output,
    });
  }
}

type RunEnd =
  | { readonly kind: 'frame'; readonly letter: string; readonly payload: string }
  | { readonly kind: 'missing' };

/** Reads one run: hands output on, notices resets, stops at the answer. */
class RunReading {
  output = '';
  readonly #line: Line;
  readonly #scanner: RunScanner;
  readonly #run: AgentRun;
  readonly #decoder = new OutputDecoder();
  readonly #watch = new ResetWatch();

  constructor(line: Line, scanner: RunScanner, run: AgentRun) {
    this.#line = line;
    this.#scanner = scanner;
    this.#run = run;
  }

  async toEnd(): Promise<RunEnd> {
    for (;;) {
      const event = await this.#next();
      const bytes = this.#line.take(event.bytes);
      switch (event.kind) {
        case 'noise':
          this.#watch.add(bytes);
          break;
        case 'begin':
          this.#run.onBegin?.();
          break;
        case 'output':
          if (this.#run.onBytes) {
            this.#run.onBytes(bytes);
            break;
          }
          this.#watch.add(bytes);
          this.#emit(this.#decoder.push(bytes));
          if (this.#watch.signs() === 'certain') throw this.#reset();
          break;
        case 'frame':
          this.#emit(this.#decoder.end());
          return event;
        case 'damaged':
          throw protocolError('its checksum does not match');
        case 'ended':
          return this.#withoutAnswer(event.traceback);
      }
    }
  }

  #withoutAnswer(traceback: string): RunEnd {
    if (/NameError: name '_w[wxe]' /.test(traceback)) return { kind: 'missing' };
    if (/KeyboardInterrupt/.test(traceback)) throw raisedError({ traceback }, this.#run.mapFrame);
    throw protocolError(`the raw REPL said ${JSON.stringify(traceback.trim().split('\r\n').at(-1) ?? '')}`);
  }

  async #next(): Promise<RunEvent> {
    const { deadline } = this.#run;
    const what = this.#scanner.begun ? 'the program to end' : 'the program to begin';
    for (;;) {
      const before = this.#watch.signs(this.#line.peek());
      const patience = before === 'rebooting' ? deadline.within(SILENCE_AFTER_RESET_MS) : deadline;
      try {
        const found = await this.#line.until(what, patience, (waiting) => {
          const event = this.#scanner.next(waiting);
          if (event) return event;
          const signs = this.#watch.signs(waiting);
          return signs === 'certain' || signs !== before ? signs : undefined;
        });
        if (typeof found === 'object') return found;
        if (found === 'certain') throw this.#reset();
      } catch (error) {
        const silent = isDeadline(error) && this.#watch.signs(this.#line.peek()) !== 'none';
        throw silent && (before === 'rebooting' || deadline.over) ? this.#reset() : error;
      }
    }
  }

  #reset(): BoardResetError {
    return this.#watch.error(this.#line.peek(), this.output);
  }

  #emit(text: string): void {
    if (text === '') return;
    this.output += text;
    this.#run.onOutput?.(text);
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

function protocolError(what: string): ReplDriverError {
  return new ReplDriverError(
    'PROTOCOL',
    `The board's answer is not whole (${what}); the line lost or changed bytes, so check cable and speed.`,
  );
}
