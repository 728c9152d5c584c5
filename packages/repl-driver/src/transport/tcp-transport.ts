import { connect, type Socket } from 'node:net';
import { ReplDriverError } from '../errors.ts';
import type { Deadline } from '../time/deadline.ts';
import type { Transport } from './transport.ts';
import { TransportEvents } from './transport-events.ts';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; start the emulator or the port server',
  ENOTFOUND: 'that host name is unknown; check its spelling',
  EAI_AGAIN: 'the name server does not answer; use an IP address',
  ECONNRESET: 'the other end broke it off; check the emulator or the port server',
  ETIMEDOUT: 'that host does not answer; check its address and the network',
  EHOSTUNREACH: 'there is no route to that host; check the network',
  ENETUNREACH: 'there is no route to that network; check the network',
};

/** A TCP connection, without delay for small writes. Fails with `NO_SUCH_PORT` or at the deadline. */
export async function connectTcp(url: string, host: string, port: number, deadline: Deadline): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true });
  try {
    const connected = new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    await deadline.race(connected, `a TCP connection to ${host}:${port}`);
    return socket;
  } catch (error) {
    socket.destroy();
    if (error instanceof ReplDriverError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const why = REASONS[code] ?? `${(error as Error).message}; check the address`;
    throw new ReplDriverError('NO_SUCH_PORT', `Cannot reach ${url}: ${why}.`, { cause: error });
  } finally {
    socket.removeAllListeners('error');
    socket.on('error', () => {});
  }
}

export async function openTcp(url: string, host: string, port: number, deadline: Deadline): Promise<Transport> {
  return new StreamTransport(url, await connectTcp(url, host, port, deadline));
}

/** A socket as a transport: no modem lines. */
class StreamTransport implements Transport {
  readonly url: string;
  readonly #socket: Socket;
  readonly #events = new TransportEvents();

  constructor(url: string, socket: Socket) {
    this.url = url;
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#events.data(chunk));
    socket.on('error', (cause) => this.#events.close({ kind: 'error', message: cause.message, cause }));
    socket.on('end', () => this.#events.close({ kind: 'closed-by-peer', message: 'the other end closed it' }));
    socket.on('close', () => this.#events.close({ kind: 'closed-by-peer', message: 'the connection ended' }));
  }

  get closed() {
    return this.#events.closed;
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#events.onData(listener);
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (!error) return resolve();
        const message = `The connection to ${this.url} broke: ${error.message}; check the other end.`;
        reject(new ReplDriverError('TRANSPORT_CLOSED', message, { cause: error }));
      });
    });
  }

  async close(): Promise<void> {
    this.#events.close({ kind: 'closed-by-us', message: 'closed by us' });
    if (this.#socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.end(() => this.#socket.destroy());
      setTimeout(() => this.#socket.destroy(), 200).unref();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
