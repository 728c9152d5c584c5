import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { instead } from '../debug.ts';

/** What the kernel tells of a serial port. */
export interface SysfsPort {
  readonly path: string;
  /** Four hex digits each; absent where the port is not on USB. */
  readonly vendorId?: string;
  readonly productId?: string;
  readonly serialNumber?: string;
}

/** Names of terminals that are serial ports: the same as the `serialport` library looks for. */
const SERIAL = /^(tty(S|WCH|ACM|USB|AMA|MFD|O|XRUSB)\d|rfcomm\d)/;
/** From a terminal up to its USB device: the port, the interface, the device. */
const USB_DEPTH = 4;

/**
 * The serial ports by the kernel's own tree, for machines without `udevadm` (containers), where `SerialPort.list()` fails.
 * `root` stands for `/sys`.
 */
export async function sysfsPorts(root = '/sys'): Promise<SysfsPort[]> {
  const folder = join(root, 'class/tty');
  const names = (await readdir(folder).catch(instead([], `listing ${folder}`))).filter((name) => SERIAL.test(name));
  const ports = names.map(async (name): Promise<SysfsPort[]> => {
    const device = await realpath(join(folder, name, 'device')).catch(
      instead(null, `looking for the device of ${name}`),
    );
    return device === null ? [] : [{ path: `/dev/${name}`, ...(await usbAttributes(device)) }];
  });
  return (await Promise.all(ports)).flat();
}

async function usbAttributes(device: string): Promise<Omit<SysfsPort, 'path'>> {
  for (let [at, depth] = [device, 0]; depth < USB_DEPTH; at = dirname(at), depth++) {
    const [vendorId, productId] = await Promise.all([attribute(at, 'idVendor'), attribute(at, 'idProduct')]);
    if (vendorId === undefined || productId === undefined) continue;
    const serialNumber = await attribute(at, 'serial');
    return { vendorId, productId, ...(serialNumber === undefined ? {} : { serialNumber }) };
  }
  return {};
}

async function attribute(folder: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(folder, name), 'utf8').catch(instead('', `reading ${name} of ${folder}`));
  return text.trim() === '' ? undefined : text.trim();
}
