import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ReplDriverError } from '../errors.ts';
import { sleep, systemClock } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import type { Transport } from './transport.ts';
import { TransportEvents } from './transport-events.ts';

/** A program whose standard input and output speak the REPL. Its standard error goes to ours. */
export async function openChild(
  url: string,
  command: string,
  args: readonly string[],
  deadline: Deadline,
): Promise<Transport> {
  deadline.throwIfOver(`${command} to start`);
  let child: ChildProcess | undefined;
  try {
    // Some errors come as an event, the others (ENOTDIR, E2BIG) are thrown.
    child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    await deadline.race(once(child, 'spawn'), `${command} to start`);
    return new ChildTransport(url, child);
  } catch (error) {
    child?.kill('SIGKILL');
    if (error instanceof ReplDriverError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const why = REASONS[code] ?? `${(error as Error).message}; try it in a shell`;
    const kind = code === 'EACCES' ? 'NO_PERMISSION' : 'NO_SUCH_PORT';
    throw new ReplDriverError(kind, `Cannot start "${command}": ${why}.`, { cause: error });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program; give its path',
  ENOTDIR: 'there is no such program; give its path',
  EACCES: 'it is no program that may be run; give the path of one',
  E2BIG: 'its arguments are too long; put them into a script',
};

const TERM_MS = 500;
/** What a program's own children still hold open is not waited for. */
const LINGER_MS = 200;

class ChildTransport implements Transport {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #events = new TransportEvents();
  #closing = false;

  constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
    child.stdout?.on('data', (chunk: Buffer) => this.#events.data(chunk));
    child.stdin?.on('error', () => {});
    child.on('error', () => {});
    child.on('exit', () => {
      // What has come meanwhile is read first, also where the host was held up.
      const letGo = setTimeout(() => setImmediate(() => child.stdout?.destroy()), LINGER_MS);
      child.once('close', () => clearTimeout(letGo));
    });
    child.on('close', (code, signal) => {
      const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
      if (this.#closing) this.#events.close({ kind: 'closed-by-us', message: 'closed by us' });
      else this.#events.close({ kind: 'closed-by-peer', message: `the program ${how}` });
    });
  }

  get closed() {
    return this.#events.closed;
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#events.onData(listener);
  }

  async write(bytes: Uint8Array): Promise<void> {
    const error = await new Promise<Error | null | undefined>((resolve) => this.#child.stdin?.write(bytes, resolve));
    if (!error) return;
    // A pipe breaks a moment before its program is known to have ended, and how.
    const ended = await Promise.race([this.closed, sleep(systemClock, LINGER_MS)]);
    const message = `The program behind ${this.url} takes no input (${ended?.message ?? error.message}); start it again.`;
    throw new ReplDriverError('TRANSPORT_CLOSED', message, { cause: error });
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    this.#child.stdin?.end();
    this.#child.kill('SIGTERM');
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), TERM_MS);
    await this.closed;
    clearTimeout(kill);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
