import { AgentSession } from '../agent/agent-session.ts';
import { debug, ignored } from '../debug.ts';
import { BoardResetError, MicroPythonError, type PanicPlace, ReplDriverError } from '../errors.ts';
import type { CallOptions } from '../line/call-options.ts';
import { Line } from '../line/line.ts';
import { ResetWatch } from '../line/reset-watch.ts';
import type { TrafficEvent } from '../line/traffic-event.ts';
import { Ladder, type RecoveryEvent } from '../recovery/ladder.ts';
import type { RungContext } from '../recovery/rungs.ts';
import { RawRepl } from '../repl/raw-repl.ts';
import type { Clock } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import type { Transport } from '../transport/transport.ts';
import { CallQueue } from './call-queue.ts';
import { ErrorExplainer } from './error-explainer.ts';

const DEFAULT_DEADLINE_MS = 10_000;
/** After a failed call: how long Ctrl-C is tried before the next call has to climb the ladder. */
const CLEAN_UP_MS = 2_000;

/** A session that closes waits so long for its last call, then interrupts it, and leaves at the latest after the second time. */
const LAST_CALL_MS = 100;
const CLOSE_MS = 2_000;

export interface SessionOptions {
  readonly clock: Clock;
  /** Random text of three characters, a new one for each call. */
  readonly nonce: () => string;
  /** Texts that must not appear in errors. */
  readonly secrets?: readonly string[];
  readonly onRecovery: (event: RecoveryEvent) => void;
  readonly reopen?: (deadline: Deadline) => Promise<Transport>;
  readonly powerCycle?: (deadline: Deadline) => Promise<void>;
  /** Says where a panic was, for the end of a sentence. */
  readonly explainPanic?: (place: PanicPlace) => Promise<string>;
  /** Called once when the session has let go of its port. */
  readonly onClosed?: () => void;
}

/** What a task of a call works with. */
export interface SessionAccess {
  readonly line: Line;
  readonly repl: RawRepl;
  readonly agent: AgentSession;
  readonly deadline: Deadline;
  /** True once the session is being closed: nothing is to be begun again. */
  readonly closing: () => boolean;
}

/** One board's REPL: calls in order, and recovery between them. */
export class Session {
  readonly #options: SessionOptions;
  readonly #queue = new CallQueue();
  readonly #listeners = new Set<(event: TrafficEvent) => void>();
  readonly #errors: ErrorExplainer;
  readonly #ladder: Ladder;
  #line!: Line;
  #repl!: RawRepl;
  #agent!: AgentSession;
  #ready = false;
  /** The board was seen to reset by itself, and not yet to be there again. */
  #rebooting = false;
  #closing: Promise<void> | null = null;
  /** Bytes that the board had sent when the call that runs began. */
  #cameBefore = 0;
  /** What the call that runs waits for, when it is not its own end. */
  #doing: string | null = null;
  /** True when calls that did not begin yet shall not begin any more. */
  #refusing = false;

  constructor(transport: Transport, options: SessionOptions) {
    this.#options = options;
    const { secrets = [], explainPanic } = options;
    this.#errors = new ErrorExplainer({ line: () => this.#line, secrets, explainPanic });
    this.#ladder = new Ladder(this.#rungContext(), (event) => {
      debug('recovery: %s %s after %d ms', event.rung, event.outcome, event.tookMs);
      options.onRecovery({ ...event, detail: this.#errors.concealed(event.detail) });
    });
    this.#attach(transport);
  }

  get url(): string {
    return this.#line.transport.url;
  }

  onTraffic(listener: (event: TrafficEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  deadline(options: CallOptions, defaultMs: number = DEFAULT_DEADLINE_MS): Deadline {
    return new Deadline(options.deadlineMs ?? defaultMs, { clock: this.#options.clock, signal: options.signal });
  }

  /** Queues a task. Every error that comes out carries the last serial traffic. */
  async call<T>(what: string, deadline: Deadline, task: (access: SessionAccess) => Promise<T>): Promise<T> {
    return await this.explained(async () => {
      this.#throwIf(this.#closed);
      const wait = { what, now: () => this.#doing ?? what, came: () => this.came() };
      return await this.#queue.run(wait, deadline, () => this.#perform(deadline, task));
    });
  }

  /** Gives an error that comes out the last serial traffic, and takes secrets out of its text; a callback's stays as it is. */
  async explained<T>(work: () => T | Promise<T>): Promise<T> {
    return await this.#errors.explained(work);
  }

  /** Brings the board to the raw REPL, whatever it takes; one that is `booting` is waited for and not reset again. */
  async ready(deadline: Deadline, { booting = false }: { booting?: boolean } = {}): Promise<void> {
    if (this.#ready && !this.#line.closeReason) return;
    this.#doing = 'the raw REPL';
    if (booting) await this.#ladder.awaitBoot(deadline);
    else if (this.#rebooting) await this.#ladder.climbAfterReset(deadline);
    else await this.#ladder.climb(deadline);
    this.#doing = null;
    this.#rebooting = false;
    this.#agent.atPrompt();
    this.#ready = true;
  }

  /** The interpreter is a new one: nothing that was defined before is there. */
  forgetState(options: { ready: boolean }): void {
    this.#agent.forget();
    this.#ready = options.ready;
  }

  async powerCycle(deadline: Deadline): Promise<void> {
    const { powerCycle } = this.#options;
    if (!powerCycle) {
      throw new ReplDriverError(
        'BAD_VALUE',
        'No way to cut the power is known; give openBoard a `powerCycle` command, such as uhubctl.',
      );
    }
    await powerCycle(deadline);
  }

  /** Every caller waits until the port is free. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const deadline = this.deadline({ deadlineMs: CLOSE_MS });
    await this.#lastCall(deadline);
    if (!this.#line.closeReason) {
      await this.#line.write('\r\x03\x02', deadline).catch(ignored('leaving the raw REPL'));
      await this.#line.drain(30, deadline.within(150));
    }
    this.#line.detach();
    await deadline
      .detached(CLOSE_MS)
      .race(this.#line.transport.close(), 'the connection to close')
      .catch(ignored('closing the connection'));
    this.#options.onClosed?.();
  }

  /** Waits for the calls that were asked for, a moment freely; then for the one that runs, with Ctrl-C, and begins no other. */
  async #lastCall(deadline: Deadline): Promise<void> {
    let ended = false;
    const idle = this.#queue.idle().then(() => {
      ended = true;
    });
    await deadline.within(LAST_CALL_MS).race(idle, 'calls to end').catch(ignored('waiting for calls'));
    this.#refusing = true;
    while (!ended && !deadline.over && !this.#line.closeReason) {
      await this.#line.write('\x03', deadline).catch(ignored('interrupting the last call'));
      await deadline
        .within(3 * LAST_CALL_MS)
        .race(idle, 'the last call to end')
        .catch(ignored('waiting for the last call'));
    }
  }

  get #closed(): boolean {
    return this.#closing !== null;
  }

  #throwIf(over: boolean): void {
    if (!over) return;
    throw new ReplDriverError('TRANSPORT_CLOSED', `The session with ${this.url} was closed; open the board again.`);
  }

  async #perform<T>(deadline: Deadline, task: (access: SessionAccess) => Promise<T>): Promise<T> {
    this.#throwIf(this.#refusing);
    this.#doing = null;
    this.#noticeReset();
    this.#cameBefore = this.#line.received;
    try {
      await this.ready(deadline);
      const closing = () => this.#closed;
      return await task({ line: this.#line, repl: this.#repl, agent: this.#agent, deadline, closing });
    } catch (error) {
      await this.#cleanUp(error);
      throw error;
    }
  }

  /** The board may have reset by itself between two calls. */
  #noticeReset(): void {
    if (this.#line.waiting === 0) return;
    const bytes = this.#line.take();
    this.#agent.heard(bytes);
    const watch = new ResetWatch();
    watch.add(bytes);
    if (watch.signs() !== 'none') this.forgetState({ ready: this.#line.atRawBanner });
  }

  async #cleanUp(error: unknown): Promise<void> {
    if (error instanceof MicroPythonError) return;
    if (error instanceof ReplDriverError && error.code === 'BAD_VALUE') return;
    if (error instanceof BoardResetError) {
      this.#agent.forget();
      this.#rebooting = true;
    }
    this.#errors.giveTraffic(error);
    const wasReady = this.#ready;
    this.#ready = false;
    if (!wasReady || this.#closed || this.#line.closeReason) return;
    if (error instanceof BoardResetError && this.#line.atRawBanner) {
      this.#rebooting = false;
      this.#ready = true;
      return;
    }
    // Where that is in vain, the next call climbs the ladder, with its own deadline.
    if (!(await this.#asked())) return;
    this.#agent.atPrompt();
    this.#rebooting = false;
    this.#ready = true;
  }

  async #asked(): Promise<boolean> {
    try {
      return await this.#ladder.ask(this.deadline({ deadlineMs: CLEAN_UP_MS }));
    } catch (error) {
      ignored('asking for the prompt')(error);
      return false;
    }
  }

  /** The end of what the board has sent since the last call began, for an error. */
  came(): string {
    return this.#errors.came(this.#line.received - this.#cameBefore);
  }

  #rungContext(): RungContext {
    const { reopen, powerCycle } = this.#options;
    return {
      line: () => this.#line,
      throwIfClosed: () => this.#throwIf(this.#refusing),
      came: () => this.came(),
      ...(powerCycle ? { powerCycle } : {}),
      ...(reopen ? { reopen: (deadline: Deadline) => this.#reopen(reopen, deadline) } : {}),
    };
  }

  async #reopen(open: (deadline: Deadline) => Promise<Transport>, deadline: Deadline): Promise<void> {
    this.#line.detach();
    await deadline
      .race(this.#line.transport.close(), 'the old connection to close')
      .catch(ignored('closing the old connection'));
    const transport = await open(deadline);
    this.#attach(transport);
    if (!this.#refusing) return;
    await transport.close();
    this.#throwIf(this.#refusing);
  }

  #attach(transport: Transport): void {
    this.#line = new Line(transport, this.#options.clock);
    this.#cameBefore = 0;
    this.#line.onTraffic((event) => {
      for (const listener of this.#listeners) listener(event);
    });
    this.#repl = new RawRepl(this.#line);
    this.#agent = new AgentSession(this.#line, this.#repl, this.#options.nonce);
  }
}
