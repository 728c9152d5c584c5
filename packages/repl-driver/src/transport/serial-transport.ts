import type { SerialPort } from 'serialport';
import { ignored } from '../debug.ts';
import { ReplDriverError } from '../errors.ts';
import { sleep } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { openFailure } from './open-failure.ts';
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
  const patience = deadline.within(BUSY_PATIENCE_MS);
  for (;;) {
    try {
      return await openOnce(url, path, baudRate, deadline);
    } catch (error) {
      const busy = error instanceof ReplDriverError && error.code === 'PORT_BUSY';
      if (!busy || patience.over) throw error;
      await sleep(deadline.clock, Math.min(50, patience.remainingMs));
    }
  }
}

async function openOnce(url: string, path: string, baudRate: number, deadline: Deadline): Promise<Transport> {
  // Loaded for a serial port only: it is half of what the driver takes to start.
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ path, baudRate, lock: true, hupcl: false, autoOpen: false, highWaterMark: 64 * 1024 });
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
  // As opening left the modem lines; a pseudo-terminal has none.
  await new Promise<void>((resolve) => port.set(linesOf({ dtr: true, rts: true }), () => resolve()));
  return new SerialTransport(url, port);
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
      start((error) => {
        if (!error) return resolve();
        const message = `Cannot ${doing} ${this.url}: ${error.message}; check that the board is still plugged in.`;
        reject(new ReplDriverError('TRANSPORT_CLOSED', message, { cause: error }));
      });
    });
  }
}

function isNoTerminal(error: unknown): boolean {
  const cause = error instanceof ReplDriverError ? String((error.cause as Error)?.message) : '';
  return /inappropriate ioctl|ENOTTY|invalid argument|EINVAL/i.test(cause);
}
