import type { AutoDetectTypes } from '@serialport/bindings-cpp';
import type { SerialPortStream } from '@serialport/stream';
import { ignored } from '../debug.ts';
import { ReplDriverError } from '../errors.ts';
import type { Deadline } from '../time/deadline.ts';
import { retry } from '../time/retry.ts';
import { openFailure } from './open-failure.ts';
import { endAtHangup } from './serial-hangup.ts';
import { wakeAfterEvents } from './serial-poller.ts';
import type { ModemSignals, Transport } from './transport.ts';
import { TransportEvents } from './transport-events.ts';

/** A program that just ended, or our own last session, may hold the lock for a moment longer. */
const BUSY_PATIENCE_MS = 400;

/**
 * Opens a serial port or pseudo-terminal with an exclusive lock (`flock`, as pyserial's `exclusive=True`), 8N1.
 * `hupcl: false` keeps DTR up at close, so that the board does not reset when we leave.
 */
export async function openSerial(url: string, path: string, baudRate: number, deadline: Deadline): Promise<Transport> {
  return await retry(() => openOnce(url, path, baudRate, deadline), {
    pauseMs: 50,
    deadlineMs: Math.min(BUSY_PATIENCE_MS, deadline.remainingMs),
    clock: deadline.clock,
    mayPass: (error) => error instanceof ReplDriverError && error.code === 'PORT_BUSY' && !deadline.over,
  });
}

async function openOnce(url: string, path: string, baudRate: number, deadline: Deadline): Promise<Transport> {
  const port = await serialPort(path, baudRate);
  const opened = new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(openFailure(url, path, error)) : resolve()));
  });
  try {
    await deadline.race(opened, `${path} to open`);
  } catch (error) {
    // An open that succeeds after we gave up must not keep the lock.
    void opened.then(() => port.close()).catch(ignored('closing a port that opened late'));
    throw error;
  }
  wakeAfterEvents(port);
  endAtHangup(port);
  // As opening left the modem lines; a pseudo-terminal has none.
  await new Promise<void>((resolve) => port.set(linesOf({ dtr: true, rts: true }), () => resolve()));
  return new SerialTransport(url, port);
}

type SerialPort = SerialPortStream<AutoDetectTypes>;

/** What `new SerialPort` of the package `serialport` does, without the dozen parsers that it loads as well. */
async function serialPort(path: string, baudRate: number): Promise<SerialPort> {
  const [{ SerialPortStream }, { autoDetect }] = await Promise.all([
    import('@serialport/stream'),
    import('@serialport/bindings-cpp'),
  ]);
  const binding = autoDetect();
  return new SerialPortStream({
    binding,
    path,
    baudRate,
    lock: true,
    hupcl: false,
    autoOpen: false,
    highWaterMark: 64 * 1024,
  });
}

/**
 * What one `set` writes: it is always everything, and what is left out falls back to a default. `lowLatency` takes the
 * 16 ms out of FTDI's latency timer; devices that know no such thing pass over it.
 */
function linesOf({ dtr, rts }: ModemSignals) {
  return { dtr, rts, brk: false, lowLatency: true };
}

class SerialTransport implements Transport {
  readonly url: string;
  readonly #port: SerialPort;
  readonly #events = new TransportEvents();
  #closing = false;

  constructor(url: string, port: SerialPort) {
    this.url = url;
    this.#port = port;
    port.on('data', (chunk: Buffer) => this.#events.data(chunk));
    port.on('error', (error: Error) => this.#ended(error));
    port.on('close', (error: Error | null) => this.#ended(error));
  }

  get closed() {
    return this.#events.closed;
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#events.onData(listener);
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#ask((done) => this.#port.write(Buffer.from(bytes), undefined, done), 'write to');
  }

  /** A pseudo-terminal has no modem lines: ENOTTY (or EINVAL) is tolerated. */
  async setSignals(signals: ModemSignals): Promise<void> {
    try {
      await this.#ask((done) => this.#port.set(linesOf(signals), done), 'set the modem lines of');
    } catch (error) {
      if (!isNoTerminal(error)) throw error;
      this.hasSignals = false;
    }
  }

  /** False once the device turned out to have no modem lines. */
  hasSignals = true;

  setBaudRate(baudRate: number): Promise<void> {
    return this.#ask((done) => this.#port.update({ baudRate }, done), 'set the speed of');
  }

  purge(): Promise<void> {
    return this.#ask((done) => this.#port.flush(done), 'purge');
  }

  async close(): Promise<void> {
    if (this.#closing || !this.#port.isOpen) return;
    this.#closing = true;
    await new Promise<void>((resolve) => this.#port.close(() => resolve()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What a close of ours cancels comes as an error; that of a device which went away is about our own descriptor. */
  #ended(cause: Error | null): void {
    if (this.#closing) this.#events.close({ kind: 'closed-by-us', message: 'closed by us' });
    else this.#events.close({ kind: 'device-lost', message: 'the device went away', cause });
  }

  #ask(start: (done: (error: Error | null | undefined) => void) => void, doing: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = (why: string, cause?: unknown): void => {
        const message = `Cannot ${doing} ${this.url}: ${why}; check that the board is still plugged in.`;
        reject(new ReplDriverError('TRANSPORT_CLOSED', message, { cause }));
      };
      // A port that is closed would keep what is asked of it until it is opened again, which it never is.
      if (this.#closing || !this.#port.isOpen) return refuse(this.#events.reason?.message ?? 'the port is closed');
      start((error) => {
        if (!error) return resolve();
        refuse(error.message, error);
      });
    });
  }
}

function isNoTerminal(error: unknown): boolean {
  const cause = error instanceof ReplDriverError ? String((error.cause as Error)?.message) : '';
  return /inappropriate ioctl|ENOTTY|invalid argument|EINVAL/i.test(cause);
}
