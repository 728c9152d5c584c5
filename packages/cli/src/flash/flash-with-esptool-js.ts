import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ESPLoader, Transport } from 'esptool-js';
import { usbOf } from '../board/serial-ports.ts';
import { ignored } from '../debug.ts';
import { CliError } from '../errors.ts';
import type { FirmwareImage } from './firmware-image.ts';
import { WebSerialPort } from './web-serial-port.ts';

export interface FlashOptions {
  /** Erases the whole flash first, files and settings included. */
  readonly erase: boolean;
  /** Bit/s while writing. Default 460,800. */
  readonly baudRate?: number;
  readonly signal: AbortSignal;
  /** Share of the image that is written, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/** The chip answered, so the board is in our hands: a failure from here on is no reason to try another tool. */
export class FlashStartedError extends CliError {}

type WebSerial = ConstructorParameters<typeof Transport>[0];

/** Writes an image through a serial port of this machine, and checks it by its MD5 on the chip. */
export async function flashWithEsptoolJs(path: string, image: FirmwareImage, options: FlashOptions): Promise<void> {
  const port = new WebSerialPort(path, await usbOf(path));
  // The adapter has what esptool-js uses of Web Serial, which is less than the browser's type.
  const transport = new Transport(port as unknown as WebSerial);
  transport.trace = () => {};
  const loader = new ESPLoader({
    transport,
    baudrate: options.baudRate ?? 460_800,
    romBaudrate: 115_200,
    terminal: { clean() {}, write() {}, writeLine() {} },
  });
  const stop = (): void => void port.close().catch(ignored('closing the port after an interrupt'));
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    await loader.main();
    requireChip(path, image, loader.chip);
    await loader.writeFlash({
      fileArray: [{ data: image.bytes, address: image.address }],
      flashMode: 'keep',
      flashFreq: 'keep',
      flashSize: 'keep',
      eraseAll: options.erase,
      compress: true,
      reportProgress: (_file, written, total) => options.onProgress(written / total),
      calculateMD5Hash: (bytes) => createHash('md5').update(bytes).digest('hex'),
    });
    await startFirmware(port);
  } finally {
    options.signal.removeEventListener('abort', stop);
    await transport.disconnect().catch(ignored('disconnecting from the chip'));
  }
}

function requireChip(
  path: string,
  image: FirmwareImage,
  chip: { CHIP_NAME: string; IMAGE_CHIP_ID?: number | null },
): void {
  if (chip.IMAGE_CHIP_ID === image.chipId) return;
  throw new FlashStartedError(
    'BAD_FILE',
    `The firmware ${image.path} is for ${image.chip}, and the board on ${path} has an ${chip.CHIP_NAME}; nothing was written.`,
  );
}

/** RTS pulls EN low: the chip leaves the download mode and starts what was written. */
async function startFirmware(port: WebSerialPort): Promise<void> {
  await port.setSignals({ dataTerminalReady: false, requestToSend: true });
  await sleep(100);
  await port.setSignals({ dataTerminalReady: false, requestToSend: false });
}
