import { WebSocket } from 'ws';
import { ReplDriverError } from '../errors.ts';
import type { Deadline } from '../time/deadline.ts';
import type { Transport } from './transport.ts';
import { TransportEvents } from './transport-events.ts';

/** MicroPython's own words (extmod/modwebrepl.c). */
const PROMPT = 'Password: ';
const CONNECTED = '\r\nWebREPL connected\r\n';
const DENIED = 'Access denied';
/** It keeps so many characters of a password (`webrepl_passwd[10]`), and one more ends them. */
const PASSWORD_LENGTH = 9;
/** So many bytes go in one frame: the board reads them one by one, and 64 KiB is the longest that it knows. */
const FRAME_BYTES = 1_024;
const CLOSE_MS = 300;

/** Where a WebREPL is, and what it asks for. */
export interface WebReplAddress {
  readonly host: string;
  readonly port: number;
  readonly password?: string | undefined;
}

/**
 * Opens the WebREPL of a board and logs in. Fails with `NO_SUCH_PORT`, with `NO_PERMISSION` when the password is missing or
 * wrong, with `PORT_BUSY` when the board takes nobody else, or at the deadline.
 */
export async function openWebRepl(
  url: string,
  { host, port, password }: WebReplAddress,
  deadline: Deadline,
): Promise<Transport> {
  if (!password) throw noPassword(url);
  // The board sends what a program prints in text frames, whatever bytes those are and wherever a character is cut.
  const options = { skipUTF8Validation: true, perMessageDeflate: false };
  const socket = new WebSocket(`ws://${host.includes(':') ? `[${host}]` : host}:${port}/`, options);
  const transport = new WebSocketTransport(url, socket);
  try {
    await deadline.race(transport.opened, `a WebSocket at ${url}`);
    await deadline.race(transport.logIn(password), `the WebREPL at ${url} to take the password`);
    return transport;
  } catch (error) {
    socket.terminate();
    throw error;
  }
}

function noPassword(url: string): ReplDriverError {
  const remedy = 'set WIREWRAP_WEBREPL_PASSWORD, or webreplPassword of the board in wirewrap.config.ts';
  return new ReplDriverError('NO_PERMISSION', `The WebREPL at ${url} asks for a password, and none is set: ${remedy}.`);
}

/** Text frames as the bytes of a terminal; no modem lines. */
class WebSocketTransport implements Transport {
  readonly url: string;
  readonly opened: Promise<void>;
  readonly #socket: WebSocket;
  readonly #events = new TransportEvents();
  /** Takes what comes until the board has let us in; its prompt may come before anybody waits for it. */
  #login: ((text: string) => void) | null = () => {};
  #said = '';

  constructor(url: string, socket: WebSocket) {
    this.url = url;
    this.#socket = socket;
    this.opened = new Promise((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', (cause) => reject(unreachable(url, cause)));
    });
    socket.on('error', (cause) => this.#events.close({ kind: 'error', message: cause.message, cause }));
    socket.on('close', () => this.#events.close({ kind: 'closed-by-peer', message: 'the board ended its WebREPL' }));
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      // Binary frames are answers of its file transfer, which nobody asked for.
      if (!isBinary) this.#take(data);
    });
  }

  get closed() {
    return this.#events.closed;
  }

  #take(data: Buffer): void {
    if (this.#login === null) {
      this.#events.data(data);
      return;
    }
    this.#said += data.toString('latin1');
    this.#login(this.#said);
  }

  /** Answers its prompt. The password goes out here and nowhere else: no log sees it. */
  async logIn(password: string): Promise<void> {
    let asked = false;
    const answered = new Promise<'in' | 'denied'>((resolve) => {
      this.#login = (text) => {
        if (!asked && text.includes(PROMPT)) {
          asked = true;
          this.#socket.send(`${password}\r`);
        }
        if (text.includes(CONNECTED)) resolve('in');
        if (text.includes(DENIED)) resolve('denied');
      };
      this.#login(this.#said);
    });
    const outcome = await Promise.race([answered, this.closed.then(() => 'closed' as const)]);
    const said = this.#said;
    this.#login = null;
    this.#said = '';
    if (outcome === 'in') {
      const rest = said.slice(said.indexOf(CONNECTED) + CONNECTED.length);
      if (rest !== '') this.#events.data(Buffer.from(rest, 'latin1'));
      return;
    }
    throw outcome === 'denied' || asked ? denied(this.url) : busy(this.url);
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += FRAME_BYTES) await this.#send(bytes.subarray(at, at + FRAME_BYTES));
  }

  #send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(bytes, { binary: false }, (cause) => {
        if (!cause) return resolve();
        const message = `The connection to ${this.url} broke: ${cause.message}; check the board and its network.`;
        reject(new ReplDriverError('TRANSPORT_CLOSED', message, { cause }));
      });
    });
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#events.onData(listener);
  }

  async close(): Promise<void> {
    this.#events.close({ kind: 'closed-by-us', message: 'closed by us' });
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    await new Promise<void>((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.close();
      // A board that is stuck in a program does not answer.
      setTimeout(() => this.#socket.terminate(), CLOSE_MS).unref();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function unreachable(url: string, cause: Error): ReplDriverError {
  const remedy = 'check its address, and that webrepl.start() ran on the board';
  return new ReplDriverError('NO_SUCH_PORT', `There is no WebREPL at ${url} (${cause.message}): ${remedy}.`, { cause });
}

function denied(url: string): ReplDriverError {
  const remedy = `give the one that webrepl_setup asked for (at most ${PASSWORD_LENGTH} characters)`;
  return new ReplDriverError('NO_PERMISSION', `The WebREPL at ${url} refused the password; ${remedy}.`);
}

function busy(url: string): ReplDriverError {
  const message = `The WebREPL at ${url} ended the connection before it asked for a password: it takes one at a time, so close the other one.`;
  return new ReplDriverError('PORT_BUSY', message);
}
