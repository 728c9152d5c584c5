import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { ignored } from '../debug.ts';

/**
 * The name of a USB serial device that survives its re-enumeration (`/dev/serial/by-id/…`, made by udev from the device's
 * serial number); undefined when it has none. After a reset an ESP32-S3 may come back as another /dev/ttyACM.
 */
export function stableName(path: string, folder = '/dev/serial/by-id'): string | undefined {
  try {
    const device = realpathSync(path);
    return readdirSync(folder)
      .map((name) => join(folder, name))
      .find((link) => realpathSync(link) === device);
  } catch (error) {
    ignored('looking for the stable name of a port')(error);
    return undefined;
  }
}
