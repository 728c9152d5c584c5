import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { debug, ignored } from '../debug.ts';
import { BoardsError } from '../errors.ts';
import { type GuardAnswer, type GuardRequest, RELEASE } from './guard-messages.ts';
import { callLabgrid, type LabgridClient } from './labgrid-client.ts';

const GUARD = fileURLToPath(
  new URL(import.meta.url.endsWith('.js') ? './guard-worker.js' : './guard-worker.ts', import.meta.url),
);

/** Calls of labgrid-client that an answer of the guard may take. */
const CALLS = 6;

/** A place that a process of its own holds for this one. */
export interface GuardedPlace {
  readonly place: string;
  readonly client: LabgridClient;
  /** Gives the place back. Fails when the coordinator did not take it; the guard then goes on trying for ten minutes. */
  release(): Promise<void>;
}

/**
 * Acquires a place in a process of its own, which gives it back when this one ends in whatever way: labgrid keeps a place
 * for a client that is gone.
 *
 * @example const { place, release } = await guardPlace({ asked: { place: 'desk' }, wait: false, command: 'labgrid-client', deadlineMs: 20_000 });
 * @throws BoardsError as `callLabgrid`; `HOST` when the guard ends or `DEADLINE` when it does not answer
 */
export async function guardPlace(request: GuardRequest, signal?: AbortSignal): Promise<GuardedPlace> {
  signal?.throwIfAborted();
  const { command, deadlineMs } = request;
  const client = { command, deadlineMs };
  const guard = new Guard();
  guard.tell(JSON.stringify(request));
  const answer = await guard.answer(request.wait ? null : CALLS * deadlineMs, signal);
  if (answer.says !== 'held') throw failureOf(answer);
  const { place } = answer;
  debug('%s is held by process %d', place, guard.pid);
  return { place, client, release: () => giveBack(guard, place, client) };
}

async function giveBack(guard: Guard, place: string, client: LabgridClient): Promise<void> {
  if (guard.isGone) {
    // Somebody ended the guard alone: what it held is still ours.
    await callLabgrid(['-p', place, 'release'], client);
    return;
  }
  guard.tell(RELEASE);
  const answer = await guard.answer(CALLS * client.deadlineMs);
  if (answer.says === 'released') return;
  const { code, message } = failureOf(answer);
  const later = 'it is given back as soon as the coordinator takes it, for ten minutes';
  throw new BoardsError(code, `The labgrid place '${place}' is not given back yet: ${message} ${later}.`);
}

function failureOf(answer: GuardAnswer): BoardsError {
  if (answer.says === 'failed') return new BoardsError(answer.code, answer.message);
  return new BoardsError('HOST', `The process that holds a labgrid place said '${answer.says}' when it was not asked.`);
}

class Guard {
  readonly #child: ChildProcess;
  #heard: GuardAnswer[] = [];
  #waiting: ((answer: GuardAnswer) => void) | null = null;
  isGone = false;

  constructor() {
    // In a session of its own: what ends this process and its group does not end it.
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', GUARD], {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const gone = (reason: string): void => {
      this.isGone = true;
      this.#hear({ says: 'failed', code: 'HOST', message: `The process that holds a labgrid place ${reason}.` });
    };
    this.#child.once('error', (error) => gone(`did not start (${error.message})`));
    this.#child.once('exit', (code, name) => gone(`ended (${name ?? `exit code ${code}`})`));
    this.#child.stdin?.on('error', ignored('telling the process that holds a labgrid place'));
    if (this.#child.stdout) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#hear(JSON.parse(line) as GuardAnswer));
    }
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Its next answer. `null` waits as long as the user does. An abort ends its input, and so what it holds or waits for. */
  async answer(deadlineMs: number | null, signal?: AbortSignal): Promise<GuardAnswer> {
    const settled = new AbortController();
    const late = deadlineMs === null ? [] : [sleep(deadlineMs, null, { signal: settled.signal, ref: false })];
    const aborted = Promise.withResolvers<null>();
    const onAbort = (): void => aborted.resolve(null);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#keepsUsAlive(true);
    try {
      const answer = await Promise.race([this.#next(), aborted.promise, ...late]);
      if (answer !== null) return answer;
      this.#child.stdin?.end();
      signal?.throwIfAborted();
      throw new BoardsError('DEADLINE', `labgrid did not give or take a place within ${deadlineMs} ms.`);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      settled.abort();
      this.#keepsUsAlive(false);
    }
  }

  /** While nothing is asked of it, a program that has nothing else to do may end. */
  #keepsUsAlive(yes: boolean): void {
    const { stdin, stdout } = this.#child as { stdin: Socket | null; stdout: Socket | null };
    for (const handle of [this.#child, stdin, stdout]) {
      if (yes) handle?.ref();
      else handle?.unref();
    }
  }

  #next(): Promise<GuardAnswer> {
    const heard = this.#heard.shift();
    if (heard) return Promise.resolve(heard);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  #hear(answer: GuardAnswer): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) waiting(answer);
    else this.#heard.push(answer);
  }
}
