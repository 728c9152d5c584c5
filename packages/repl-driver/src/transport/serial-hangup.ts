import type { EventEmitter } from 'node:events';
import { read } from 'node:fs';
import { promisify } from 'node:util';
import { ReplDriverError } from '../errors.ts';
import type { OpenSerialPort } from './serial-poller.ts';

/** As much of serialport's binding on Linux and macOS as is looked at. */
interface PolledBinding {
  /** Null once it is closed. */
  readonly fd: number | null;
  readonly poller?: EventEmitter;
  read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }>;
}

const readAsync = promisify(read);

/** Codes of a read that found nothing yet. */
const NOT_YET: readonly unknown[] = ['EAGAIN', 'EWOULDBLOCK', 'EINTR'];

function ended(why: string): ReplDriverError {
  return new ReplDriverError(
    'TRANSPORT_CLOSED',
    `Cannot read from the line: ${why}; check that the board is still there.`,
  );
}

/**
 * Ends an open port whose device hangs up while a read is on its way. The binding takes a read of no bytes for one that found
 * nothing yet, and reads again for ever (serialport/bindings-cpp, lib/unix-read.ts); but a terminal without data says EAGAIN,
 * and only one that hung up gives no bytes (Linux, drivers/tty/tty_io.c, hung_up_tty_read). Call it once the port is open.
 *
 * @example port.open(() => endAtHangup(port));
 */
export function endAtHangup({ port }: OpenSerialPort): void {
  const binding = port as PolledBinding | undefined;
  // On Windows the binding has no poller, and waits by itself.
  const poller = binding?.poller;
  if (binding === undefined || poller === undefined) return;
  const readable = (): Promise<void> =>
    new Promise((resolve, reject) => poller.once('readable', (error) => (error ? reject(error) : resolve())));
  const readOnce = async (buffer: Buffer, offset: number, length: number): Promise<number | null> => {
    try {
      return (await readAsync(binding.fd as number, buffer, offset, length, null)).bytesRead;
    } catch (error) {
      if (!NOT_YET.includes((error as NodeJS.ErrnoException).code)) throw error;
      return null;
    }
  };
  binding.read = async (buffer, offset, length) => {
    for (;;) {
      // Its poller is gone with it: to poll on would end the process.
      if (binding.fd === null) throw Object.assign(ended('the port is closed'), { canceled: true });
      const bytesRead = await readOnce(buffer, offset, length);
      if (bytesRead === 0) throw ended('the other end hung up');
      if (bytesRead !== null) return { buffer, bytesRead };
      if (binding.fd !== null) await readable();
    }
  };
}
