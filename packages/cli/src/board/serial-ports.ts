import { readdir, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { autoDetect } from '@serialport/bindings-cpp';
import { debug, ignored, instead } from '../debug.ts';
import { sysfsPorts } from './sysfs-ports.ts';

/** A serial port of this machine. */
export interface PortInfo {
  readonly path: string;
  /** `10c4:ea60`, lower case; null where the port is not on USB. */
  readonly usb: string | null;
  /** The bridge or chip that the USB ids stand for, e.g. `CP210x`. */
  readonly bridge: string | null;
  readonly serialNumber: string | null;
  /** The name that stays the same when the board is plugged in again. */
  readonly byId: string | null;
}

/** USB ids of the bridges and chips that ESP32 boards have (vendor, or vendor and product). */
const BRIDGES: Readonly<Record<string, string>> = {
  '303a': 'Espressif USB',
  '303a:1001': 'Espressif USB-Serial-JTAG',
  '10c4': 'CP210x',
  '1a86': 'CH340 or CH910x',
  '1a86:55d4': 'CH9102',
  '1a86:7523': 'CH340',
  '0403': 'FTDI',
  '067b': 'PL2303',
};

/** Ports that may have a board: those on USB. Others (ttyS0…) are listed with `all`. */
export async function listPorts(all = false): Promise<PortInfo[]> {
  const byId = await readById();
  // The library asks udevadm, which containers lack.
  const ports = await autoDetect()
    .list()
    .catch((error) => {
      debug('the ports are read from /sys: %s', error);
      return sysfsPorts();
    });
  return ports
    .map(({ path, vendorId, productId, serialNumber }): PortInfo => {
      const usb = vendorId && productId ? `${vendorId}:${productId}`.toLowerCase() : null;
      const bridge = usb === null ? null : (BRIDGES[usb] ?? BRIDGES[usb.slice(0, 4)] ?? null);
      return { path, usb, bridge, serialNumber: serialNumber ?? null, byId: byId.get(path) ?? null };
    })
    .filter(({ usb }) => all || usb !== null)
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

/** The USB ids of one port; null when it is not on USB. */
export async function usbOf(path: string): Promise<{ vendorId: number; productId: number } | null> {
  const device = await realpath(path).catch(instead(path, `resolving ${path}`));
  const found = (await listPorts().catch(instead([], 'listing the serial ports'))).find((port) => port.path === device);
  const [vendor = '', product = ''] = found?.usb?.split(':') ?? [];
  return found?.usb ? { vendorId: Number.parseInt(vendor, 16), productId: Number.parseInt(product, 16) } : null;
}

async function readById(): Promise<Map<string, string>> {
  const folder = '/dev/serial/by-id';
  const names = await readdir(folder).catch(instead([], `listing ${folder}`));
  const links = await Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const link = join(folder, name);
      return [
        await realpath(link).catch((error: unknown) => {
          ignored(`resolving ${link}`)(error);
          return readlink(link);
        }),
        link,
      ];
    }),
  );
  return new Map(links);
}
