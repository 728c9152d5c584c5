import { type ChildProcess, spawn } from 'node:child_process';
import { ReplDriverError } from '../errors.ts';
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
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const spawned = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  try {
    await deadline.race(spawned, `${command} to start`);
  } catch (error) {
    if (error instanceof ReplDriverError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such program; give its path' : (error as Error).message;
    throw new ReplDriverError(
      code === 'EACCES' ? 'NO_PERMISSION' : 'NO_SUCH_PORT',
      `Cannot start "${command}": ${why}.`,
      {
        cause: error,
      },
    );
  }
  return new ChildTransport(url, child);
}

const TERM_MS = 500;

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

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.stdin?.write(bytes, (error) => {
        if (!error) return resolve();
        const message = `The program behind ${this.url} takes no input: ${error.message}; start it anew.`;
        reject(new ReplDriverError('TRANSPORT_CLOSED', message, { cause: error }));
      });
    });
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
