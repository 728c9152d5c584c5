import { type AutoDetectTypes, autoDetect } from '@serialport/bindings-cpp';
import { SerialPortStream } from '@serialport/stream';
import { wakeAfterEvents } from '@wirewrap/repl-driver';
import { CliError } from '../errors.ts';

type SerialPort = SerialPortStream<AutoDetectTypes>;

interface Signals {
  readonly dataTerminalReady?: boolean;
  readonly requestToSend?: boolean;
  readonly break?: boolean;
}

/**
 * A serial port in the shape of the Web Serial API, as far as esptool-js uses it: streams that can be locked, modem
 * signals one by one, and (esptool-js's own addition) a baud rate that changes without closing the port.
 */
export class WebSerialPort {
  readonly #path: string;
  readonly #info: { readonly usbVendorId?: number; readonly usbProductId?: number };
  #port: SerialPort | undefined;
  #readable: ReadableStream<Uint8Array> | null = null;
  #writable: WritableStream<Uint8Array> | null = null;
  /** The library sets both lines at once, and a line that is not named goes up: so both are remembered. */
  #lines = { dtr: true, rts: true, brk: false };

  /** `usb`: the port's USB ids; esptool-js resets a chip with USB of its own in another way. */
  constructor(path: string, usb: { readonly vendorId: number; readonly productId: number } | null) {
    this.#path = path;
    this.#info = usb === null ? {} : { usbVendorId: usb.vendorId, usbProductId: usb.productId };
  }

  get readable(): ReadableStream<Uint8Array> | null {
    return this.#readable;
  }

  get writable(): WritableStream<Uint8Array> | null {
    return this.#writable;
  }

  async open({ baudRate }: { readonly baudRate: number }): Promise<void> {
    const binding = autoDetect();
    const port = new SerialPortStream({ binding, path: this.#path, baudRate, lock: true, autoOpen: false });
    await ask((done) => port.open(done));
    wakeAfterEvents(port);
    this.#port = port;
    this.#readable = this.#read(port);
    this.#writable = new WritableStream<Uint8Array>({
      write: async (chunk) => {
        await ask((done) => port.write(Buffer.from(chunk), undefined, done));
        await ask((done) => port.drain(done));
      },
    });
  }

  /** Bytes can come between the reader's `cancel` and the port's end; nobody wants them then. */
  #read(port: SerialPort): ReadableStream<Uint8Array> {
    let forward: ((chunk: Buffer) => void) | undefined;
    const stop = (): void => {
      if (forward) port.off('data', forward);
      forward = undefined;
    };
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        forward = (chunk) => controller.enqueue(Uint8Array.from(chunk));
        port.on('data', forward);
        port.once('close', (error: Error | null) => {
          const open = forward !== undefined;
          stop();
          this.#readable = null;
          this.#writable = null;
          if (!open) return;
          if (error) controller.error(new DOMException('The device has been lost.', 'NetworkError'));
          else controller.close();
        });
      },
      cancel: stop,
    });
  }

  async setSignals(signals: Signals): Promise<void> {
    this.#lines = {
      dtr: signals.dataTerminalReady ?? this.#lines.dtr,
      rts: signals.requestToSend ?? this.#lines.rts,
      brk: signals.break ?? this.#lines.brk,
    };
    try {
      await ask((done) => this.#open.set(this.#lines, done));
    } catch (error) {
      // A pseudo-terminal (ser2net, a test) has no modem lines; the chip must be in its download mode then.
      if (!/inappropriate ioctl|ENOTTY|invalid argument|EINVAL/i.test((error as Error).message)) throw error;
    }
  }

  async setBaudRate(baudRate: number): Promise<void> {
    await ask((done) => this.#open.update({ baudRate }, done));
  }

  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number } {
    return this.#info;
  }

  async close(): Promise<void> {
    const port = this.#port;
    this.#port = undefined;
    this.#readable = null;
    this.#writable = null;
    if (port?.isOpen) await ask((done) => port.close(done));
  }

  get #open(): SerialPort {
    if (!this.#port) throw new CliError('HOST', `The port ${this.#path} is closed; flash again.`);
    return this.#port;
  }
}

function ask(start: (done: (error: Error | null | undefined) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}
