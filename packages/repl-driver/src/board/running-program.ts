import { isRegExp } from 'node:util/types';
import type { AgentSession } from '../agent/agent-session.ts';
import { ignored } from '../debug.ts';
import { ReplDriverError } from '../errors.ts';
import { bytesOf } from '../files/content.ts';
import { kindOf } from '../kind-of.ts';
import type { CallOptions } from '../line/call-options.ts';
import { INTERRUPT } from '../line/control.ts';
import type { Line } from '../line/line.ts';
import type { FrameMap } from '../python/raised.ts';
import type { Session } from '../session/session.ts';
import { sleep } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import type { BoardStream, ExecOptions } from './board.ts';
import { ProgramOutput } from './program-output.ts';
import { runProgram } from './run-program.ts';

interface ProgramToRun {
  readonly source: string;
  readonly file: string;
  readonly mapFrame: FrameMap;
  readonly options: ExecOptions;
}

/** Input without flow control goes in pieces that the receive ring holds, at the pace of 115200 bit/s. */
const PIECE_BYTES = 128;
const PIECE_PAUSE_MS = 12;

/** A program that runs on the board; its session serves no other call until it ended. */
export class RunningProgram implements BoardStream {
  readonly finished: Promise<string>;
  readonly #session: Session;
  readonly #deadline: Deadline;
  readonly #wakers = new Set<() => void>();
  #line: Line | null = null;
  #agent: AgentSession | null = null;
  readonly #output = new ProgramOutput();
  #waitedTo = 0;
  #ended = false;
  #error: unknown = null;

  /** Resolves when the board said that the program began. */
  static async start(session: Session, deadline: Deadline, program: ProgramToRun): Promise<RunningProgram> {
    const running = new RunningProgram(session, deadline, program);
    await running.#until(() => running.#line !== null || running.#ended);
    if (running.#line === null) await running.finished;
    return running;
  }

  private constructor(session: Session, deadline: Deadline, { source, file, mapFrame, options }: ProgramToRun) {
    this.#session = session;
    this.#deadline = deadline;
    const onOutput = (text: string) => {
      this.#output.add(text);
      options.onOutput?.(text);
      this.#wake();
    };
    this.finished = session.call('the program to end', deadline, async (access) => {
      const onBegin = () => {
        this.#line = access.line;
        this.#agent = access.agent;
        this.#wake();
      };
      const { output } = await runProgram(access, { source, file, mapFrame, deadline, onOutput, onBegin });
      return output;
    });
    this.finished.then(
      () => this.#end(null),
      (error: unknown) => this.#end(error),
    );
  }

  waitFor(marker: string | RegExp, options: CallOptions = {}): Promise<string> {
    return this.#session.explained(() => this.#waitFor(marker, options));
  }

  async #waitFor(marker: string | RegExp, options: CallOptions): Promise<string> {
    if (typeof marker !== 'string' && !isRegExp(marker)) {
      throw new ReplDriverError('BAD_VALUE', `The marker cannot be ${kindOf(marker)}; give a string or a RegExp.`);
    }
    const deadline = this.#session.deadline(options);
    const wanted = typeof marker === 'string' ? marker : new RegExp(marker.source, marker.flags.replace(/[gy]/g, ''));
    const fresh = () => this.#output.from(this.#waitedTo);
    let searched = this.#waitedTo;
    for (;;) {
      const start = this.#waitedTo;
      const beganMs = deadline.clock.now();
      const end = this.#output.endOf(wanted, start, searched);
      const tookMs = deadline.clock.now() - beganMs;
      searched = this.#output.length;
      if (end !== undefined) {
        this.#waitedTo = end;
        return this.#output.from(start).slice(0, end - start);
      }
      if (this.#ended) throw this.#error ?? endedBefore(marker, fresh());
      await deadline.race(this.#change(), `${String(marker)} in the program's output`, () =>
        fresh() === '' ? 'nothing' : JSON.stringify(fresh().slice(-200)),
      );
      // A pattern is sought in all that is fresh each time: at most half of the time goes into that, however much it is.
      if (tookMs >= 1) await sleep(deadline.clock, Math.min(tookMs, deadline.remainingMs));
    }
  }

  interrupt(): Promise<void> {
    return this.#session.explained(async () => {
      if (!this.#ended) await this.#line?.write(INTERRUPT, this.#deadline);
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#session.explained(() => this.#write(bytes));
  }

  async #write(input: Uint8Array): Promise<void> {
    const bytes = bytesOf(input, "The program's input");
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      if (this.#ended || !this.#line)
        throw new ReplDriverError('BAD_VALUE', 'The program has ended; nothing reads its input.');
      if (at > 0) await sleep(this.#deadline.clock, PIECE_PAUSE_MS);
      this.#agent?.fed();
      await this.#line.write(bytes.subarray(at, at + PIECE_BYTES), this.#deadline);
    }
  }

  async *[Symbol.asyncIterator](): AsyncIterator<string> {
    let at = 0;
    for (;;) {
      if (at < this.#output.length) {
        const fresh = this.#output.from(at);
        at = this.#output.length;
        yield fresh;
      } else if (this.#ended) {
        if (this.#error) throw this.#error;
        return;
      } else await this.#change();
    }
  }

  /** Interrupts the program when it still runs and waits for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (let attempt = 0; attempt < 8 && !this.#ended; attempt++) {
      await this.interrupt().catch(ignored('interrupting a program'));
      await this.#session
        .deadline({ deadlineMs: 300 })
        .race(
          this.#until(() => this.#ended),
          'the end',
        )
        .catch(ignored('waiting for the end of a program'));
    }
    if (!this.#ended) this.#deadline.abort();
    await this.finished.catch(ignored('the end of a program'));
  }

  #end(error: unknown): void {
    this.#ended = true;
    this.#error = error;
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#wakers]) wake();
    this.#wakers.clear();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wakers.add(resolve));
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.#change();
  }
}

function endedBefore(marker: string | RegExp, fresh: string): ReplDriverError {
  const came = fresh === '' ? 'nothing more' : JSON.stringify(fresh.slice(-200));
  return new ReplDriverError('PROTOCOL', `The program ended before it printed ${String(marker)}; it printed ${came}.`);
}
