import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ignored } from '../debug.ts';
import { ConformanceError } from '../errors.ts';
import type { CaseAnswer } from '../suite/ask-one.ts';
import { type AskMessage, END, type WorkerMessage, type WorkerStart } from './messages.ts';

const WORKER = fileURLToPath(
  new URL(import.meta.url.endsWith('.js') ? './board-worker.js' : './board-worker.ts', import.meta.url),
);

/** Milliseconds for a process to open its board and to find out what it can do, as for the first test of a suite. */
const READY_MS = 120_000;

/** Milliseconds for a process to give its board back. */
const END_MS = 3_000;

/** What the process of a board said when it was there. */
export type ReadyBoard = Omit<Extract<WorkerMessage, { says: 'ready' }>, 'says'>;

const untold = ignored('telling the process of a board');

function toldOrNot(error: Error | null): void {
  if (error !== null) untold(error);
}

/** One board of a run, in a process of its own: a board that dies takes nothing else with it. */
export class BoardProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #answered: ((message: WorkerMessage) => void) | null = null;

  constructor(start: WorkerStart) {
    this.#child = fork(WORKER, { serialization: 'advanced', execArgv: ['--disable-warning=ExperimentalWarning'] });
    // Not events.once(): a message that came too late for the process is an 'error', and no end.
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', resolve);
      // It could not be started: nothing will end.
      if (this.#child.pid === undefined) resolve(undefined);
    });
    const gone = (reason: string): void => this.#hear({ says: 'gone', reason });
    this.#child.on('message', (message) => this.#hear(message as WorkerMessage));
    this.#child.on('error', (error) => gone(error.message));
    this.#child.on('exit', (code, signal) => gone(`its process ended (${signal ?? `exit code ${code}`})`));
    this.#send(start);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Waits until the board is open.
   *
   * @throws ConformanceError `BOARD_GONE` with why it could not be opened
   */
  async ready(): Promise<ReadyBoard> {
    const message = await this.#next(READY_MS);
    if (message.says === 'ready') return message;
    throw new ConformanceError('BOARD_GONE', message.says === 'gone' ? message.reason : 'it answered unasked');
  }

  /** The answer of the board, or why it is gone: also when its process has said nothing for so long. */
  async ask(message: AskMessage, limitMs: number): Promise<CaseAnswer | { readonly gone: string }> {
    const next = this.#next(limitMs);
    this.#send(message);
    const heard = await next;
    return heard.says === 'answer' ? heard.answer : { gone: heard.says === 'gone' ? heard.reason : 'it restarted' };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#send(END);
    const ended = await Promise.race([this.#exited.then(() => true), sleep(END_MS, false)]);
    if (!ended) this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #lost: WorkerMessage | null = null;

  /** A process that ends meanwhile says so itself. */
  #send(message: WorkerStart | AskMessage | typeof END): void {
    if (this.#child.connected) this.#child.send(message, toldOrNot);
  }

  #next(limitMs: number): Promise<WorkerMessage> {
    if (this.#lost !== null) return Promise.resolve(this.#lost);
    return new Promise((resolve) => {
      const reason = `its process gave no answer within ${limitMs / 1000} s`;
      const late = setTimeout(() => this.#hear({ says: 'gone', reason }), limitMs);
      this.#answered = (message) => {
        clearTimeout(late);
        resolve(message);
      };
    });
  }

  /** The first word of a board that is gone says why. */
  #hear(message: WorkerMessage): void {
    if (message.says === 'gone') this.#lost ??= message;
    this.#answered?.(this.#lost ?? message);
    this.#answered = null;
  }
}
