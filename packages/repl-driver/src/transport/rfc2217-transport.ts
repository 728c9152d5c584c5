import type { Socket } from 'node:net';
import { ignored } from '../debug.ts';
import { DeadlineError, ReplDriverError } from '../errors.ts';
import * as comPort from '../rfc2217/com-port.ts';
import {
  DO,
  DONT,
  escapeIac,
  optionCommand,
  subnegotiation,
  TelnetDecoder,
  type TelnetEvent,
  WILL,
  WONT,
} from '../rfc2217/telnet-codec.ts';
import { Deadline } from '../time/deadline.ts';
import { connectTcp } from './tcp-transport.ts';
import type { ModemSignals, Transport } from './transport.ts';
import { TransportEvents } from './transport-events.ts';

const BINARY = 0;
const SUPPRESS_GO_AHEAD = 3;
/**
 * A server that is still opening its device drops commands: each is idempotent and is sent again. One without modem
 * lines never answers to theirs.
 */
const ANSWER_MS = 600;
const ATTEMPTS = 3;
/** A UART understands another whose speed differs by so little. */
const SPEED_TOLERANCE = 0.03;

/** A serial port behind an RFC 2217 server (ser2net, esp_rfc2217_server): speed, modem lines and purge included. */
export async function openRfc2217(
  url: string,
  target: { host: string; port: number; baudRate: number },
  deadline: Deadline,
): Promise<Transport> {
  const transport = new Rfc2217Transport(url, await connectServer(url, target, deadline));
  try {
    await transport.negotiate(target.baudRate, deadline);
    return transport;
  } catch (error) {
    // Not waited for: the deadline may be over.
    void transport.close();
    // A write may learn of the end before the socket says so.
    const isClosed = error instanceof ReplDriverError && error.code === 'TRANSPORT_CLOSED';
    throw isClosed ? notServed(url, { message: (error.cause as Error).message, cause: error.cause }) : error;
  }
}

/** A server whose kernel resets what it has just taken is being stopped: the connection fails, with the same meaning. */
async function connectServer(url: string, target: { host: string; port: number }, deadline: Deadline): Promise<Socket> {
  try {
    return await connectTcp(url, target.host, target.port, deadline);
  } catch (error) {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    throw cause?.code === 'ECONNRESET' ? notServed(url, { message: cause.message, cause }) : error;
  }
}

/** A server that closes instead of serving: its port is taken, or it is being stopped. */
function notServed(url: string, { message, cause }: { message: string; cause?: unknown }): ReplDriverError {
  const text = `The port server at ${url} closed the connection (${message}); its port may be in use, or missing.`;
  return new ReplDriverError('PORT_BUSY', text, { cause });
}

const waitFor = ({ name }: comPort.ComPortCommand): string => `the port server to answer "${name}"`;

class Rfc2217Transport implements Transport {
  readonly url: string;
  hasSignals = true;
  readonly #socket: Socket;
  readonly #decoder = new TelnetDecoder();
  readonly #events = new TransportEvents();
  readonly #answers = new Map<number, (value: Uint8Array) => void>();
  readonly #agreed = new Set<string>();
  #comPort: ((accepted: boolean) => void) | null = null;
  #commands: Promise<unknown> = Promise.resolve();
  /** What waits while the server has suspended the flow; null when it flows. */
  #suspended: (() => void)[] | null = null;

  constructor(url: string, socket: Socket) {
    this.url = url;
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#received(chunk));
    socket.on('error', (cause) => this.#events.close({ kind: 'error', message: cause.message, cause }));
    // A server that has ended takes nothing more of what waits here: the socket's own close would not come.
    for (const event of ['end', 'close'])
      socket.on(event, () => this.#events.close({ kind: 'closed-by-peer', message: 'the port server closed it' }));
    void this.closed.then(({ kind }) => {
      if (kind !== 'closed-by-us') socket.destroy();
      this.#resume();
    });
  }

  get closed() {
    return this.#events.closed;
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#events.onData(listener);
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#send(escapeIac(bytes));
  }

  async setSignals({ dtr, rts }: ModemSignals): Promise<void> {
    if (!this.hasSignals) return;
    try {
      await this.#command(comPort.setDtr(dtr));
      await this.#command(comPort.setRts(rts));
    } catch (error) {
      // ser2net does not answer when its device has no modem lines (a pseudo-terminal).
      if (!(error instanceof DeadlineError)) throw error;
      this.hasSignals = false;
    }
  }

  async setBaudRate(baudRate: number): Promise<void> {
    const set = comPort.baudRateOf(await this.#command(comPort.setBaudRate(baudRate)));
    if (isOther(set, baudRate)) throw this.#otherSpeed('BAD_VALUE', baudRate, set);
  }

  async purge(): Promise<void> {
    await this.#command(comPort.PURGE_BOTH);
  }

  async close(): Promise<void> {
    this.#events.close({ kind: 'closed-by-us', message: 'closed by us' });
    if (this.#socket.destroyed) return;
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    this.#socket.end();
    setTimeout(() => this.#socket.destroy(), 200).unref();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Agrees on binary transfer and the COM-PORT option, then sets 8N1 without flow control. */
  async negotiate(baudRate: number, deadline: Deadline): Promise<void> {
    const accepted = new Promise<boolean>((resolve) => {
      this.#comPort = resolve;
    });
    await this.#offer([
      [WILL, BINARY],
      [DO, BINARY],
      [WILL, SUPPRESS_GO_AHEAD],
      [DO, SUPPRESS_GO_AHEAD],
      [WILL, comPort.COM_PORT],
    ]);
    const closed = this.closed.then((reason) => {
      throw notServed(this.url, reason);
    });
    closed.catch(ignored('a request that nobody waits for'));
    const answer = await deadline.race(
      Promise.race([accepted, closed]),
      `an answer to the RFC 2217 offer from ${this.url}`,
    );
    if (!answer) {
      throw new ReplDriverError(
        'BAD_URL',
        `The server at ${this.url} refuses RFC 2217; enable it there (ser2net: telnet(rfc2217)) or use tcp://.`,
      );
    }
    const ask = (command: comPort.ComPortCommand) =>
      deadline.race(Promise.race([this.#command(command, deadline), closed]), waitFor(command));
    const set = comPort.baudRateOf(await ask(comPort.setBaudRate(baudRate)));
    if (isOther(set, baudRate)) throw this.#otherSpeed('BAD_URL', baudRate, set);
    const { EIGHT_BITS, NO_PARITY, ONE_STOP_BIT, NO_FLOW_CONTROL } = comPort;
    for (const command of [EIGHT_BITS, NO_PARITY, ONE_STOP_BIT, NO_FLOW_CONTROL]) await ask(command);
  }

  #otherSpeed(code: 'BAD_URL' | 'BAD_VALUE', wanted: number, set: number): ReplDriverError {
    const message = `The port server at ${this.url} set ${set} baud instead of ${wanted}; its device knows no such speed, so give another.`;
    return new ReplDriverError(code, message);
  }

  async #offer(offers: readonly (readonly [number, number])[]): Promise<void> {
    for (const [verb, option] of offers) this.#agreed.add(`${verb} ${option}`);
    await this.#send(Buffer.concat(offers.map(([verb, option]) => optionCommand(verb, option))));
  }

  #received(chunk: Buffer): void {
    const { data, events } = this.#decoder.push(chunk);
    for (const event of events) this.#negotiated(event);
    if (data.length > 0) this.#events.data(data);
  }

  #negotiated(event: TelnetEvent): void {
    if (event.kind === 'subnegotiation') {
      if (event.option === comPort.COM_PORT) this.#told(event.payload);
      return;
    }
    const { verb, option } = event;
    if (option === comPort.COM_PORT && (verb === DO || verb === DONT)) this.#comPort?.(verb === DO);
    // What we offered needs no second answer; what we do not know is refused (RFC 1143's loops cannot arise).
    if (verb !== DO && verb !== WILL) return;
    const ours = verb === DO ? WILL : DO;
    const known = option === BINARY || option === SUPPRESS_GO_AHEAD || option === comPort.COM_PORT;
    const key = `${ours} ${option}`;
    if (this.#agreed.has(key)) return;
    this.#agreed.add(key);
    void this.#send(optionCommand(known ? ours : verb === DO ? WONT : DONT, option)).catch(
      ignored('an answer to an option'),
    );
  }

  #told([code = 0, ...value]: Uint8Array): void {
    switch (code - comPort.SERVER_OFFSET) {
      case comPort.FLOW_CONTROL_SUSPEND:
        this.#suspended ??= [];
        return;
      case comPort.FLOW_CONTROL_RESUME:
        this.#resume();
        return;
      case comPort.SIGNATURE:
        // Without text it is a question.
        if (value.length === 0)
          void this.#send(subnegotiation(comPort.COM_PORT, comPort.OUR_SIGNATURE)).catch(ignored('our signature'));
        return;
      default:
        this.#answers.get(code - comPort.SERVER_OFFSET)?.(Uint8Array.from(value));
    }
  }

  #resume(): void {
    const waiting = this.#suspended ?? [];
    this.#suspended = null;
    for (const send of waiting) send();
  }

  /** One command at a time, each with its answer; asked again a few times, or until the deadline when there is one. */
  #command(command: comPort.ComPortCommand, deadline?: Deadline): Promise<Uint8Array> {
    const run = this.#commands.then(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.#ask(command);
        } catch (error) {
          const isLast = deadline ? deadline.over : attempt === ATTEMPTS;
          if (isLast || !(error instanceof DeadlineError)) throw error;
        }
      }
    });
    this.#commands = run.catch(ignored('a command before'));
    return run;
  }

  async #ask(command: comPort.ComPortCommand): Promise<Uint8Array> {
    const answered = new Promise<Uint8Array>((resolve) => this.#answers.set(command.code, resolve));
    try {
      await this.#send(subnegotiation(comPort.COM_PORT, Uint8Array.of(command.code, ...command.value)));
      return await new Deadline(ANSWER_MS).race(answered, waitFor(command));
    } finally {
      this.#answers.delete(command.code);
    }
  }

  /** Data and commands alike wait while the server has suspended the flow (RFC 2217, FLOWCONTROL-SUSPEND). */
  #send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const send = () =>
        this.#socket.write(bytes, (error) => {
          if (!error) return resolve();
          const message = `The connection to ${this.url} broke: ${error.message}; check the port server.`;
          reject(new ReplDriverError('TRANSPORT_CLOSED', message, { cause: error }));
        });
      if (this.#suspended) this.#suspended.push(send);
      else send();
    });
  }
}

/** A server that tells no speed is believed. */
function isOther(set: number, wanted: number): boolean {
  return set !== 0 && Math.abs(set - wanted) > wanted * SPEED_TOLERANCE;
}
