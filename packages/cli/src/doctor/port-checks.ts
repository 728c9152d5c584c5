import { constants } from 'node:fs';
import { access, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { describeLease, leasePath, readLease, staleReason } from '@wirewrap/boards';
import { findHolders, openTransport } from '@wirewrap/repl-driver';
import { usbOf } from '../board/serial-ports.ts';
import { instead } from '../debug.ts';
import { type Check, good, hopeless, skipped, warning } from './check.ts';
import { findTrouble, kernelNames, readKernelLog } from './kernel-log.ts';

const port: Check = {
  name: 'port',
  async run({ device, target }) {
    if (device === null) return skipped(`${target.url} is not a serial port of this machine`);
    const found = await stat(device).catch(instead(null, `looking for ${device}`));
    const remedy = 'plug the board in with a cable that carries data, and look for its name with `wirewrap boards`';
    if (!found) return hopeless(`there is no ${device}`, remedy);
    if (!found.isCharacterDevice()) return hopeless(`${device} is not a device`, 'name a device such as /dev/ttyUSB0');
    const usb = await usbOf(device);
    const ids = usb && [usb.vendorId, usb.productId].map((id) => id.toString(16).padStart(4, '0')).join(':');
    return good(`${device}${ids ? ` (USB ${ids})` : ''}`);
  },
};

const permission: Check = {
  name: 'permission',
  async run({ device }) {
    if (device === null) return skipped('no device');
    const allowed = await access(device, constants.R_OK | constants.W_OK).then(
      () => true,
      instead(false, `asking for access to ${device}`),
    );
    if (allowed) return good('may be read and written');
    return hopeless(`${device} may not be read and written by this user`, await permissionRemedy(device));
  },
};

/** The group that owns the port, or a udev rule where it is root's alone. */
async function permissionRemedy(device: string): Promise<string> {
  const { gid, mode } = await stat(device);
  const groups = await readFile('/etc/group', 'utf8').catch(instead('', 'reading /etc/group'));
  const group = groups
    .split('\n')
    .find((line) => line.split(':')[2] === String(gid))
    ?.split(':')[0];
  const groupMay = (mode & 0o060) === 0o060;
  if (group && group !== 'root' && groupMay) return `run \`sudo usermod -aG ${group} $USER\`, then log in again`;
  const usb = await usbOf(device);
  const ids = usb
    ? `ATTRS{idVendor}=="${usb.vendorId.toString(16).padStart(4, '0')}", ATTRS{idProduct}=="${usb.productId.toString(16).padStart(4, '0')}", `
    : '';
  const rule = `SUBSYSTEM=="tty", ${ids}GROUP="dialout", MODE="0660"`;
  return `put the line ${rule} into /etc/udev/rules.d/60-wirewrap.rules, run \`sudo udevadm control --reload && sudo udevadm trigger\`, and join the group dialout`;
}

const modemManager: Check = {
  name: 'ModemManager',
  async run({ device }) {
    if (device === null) return skipped('no device');
    const processes = await readdir('/proc').catch(instead([], 'listing /proc'));
    for (const pid of processes.filter((name) => /^\d+$/.test(name))) {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(instead('', `reading the name of process ${pid}`));
      if (name.trim() !== 'ModemManager') continue;
      return warning(
        'ModemManager runs; it opens new serial ports and types AT commands into boards',
        'run `sudo systemctl disable --now ModemManager`, or give the port ENV{ID_MM_DEVICE_IGNORE}="1" in a udev rule',
      );
    }
    return good('does not run');
  },
};

const holder: Check = {
  name: 'in use',
  async run({ device, target, signal, clock }) {
    const lease = await readLease(leasePath(target) ?? '');
    if (lease && lease.pid !== process.pid && !staleReason(lease, clock.date().getTime())) {
      return hopeless(`leased by ${describeLease(lease)}`, 'wait for it (`--wait`), or end that process');
    }
    if (device === null || target.scheme !== 'serial') return good('not leased');
    const holders = findHolders(device);
    if (holders.length === 0) return good('free');
    const names = holders.map(({ pid, command }) => `process ${pid} (${command})`).join(', ');
    const busy = await openTransport(target, { signal }).then(
      async (transport) => {
        await transport.close();
        return false;
      },
      (error: { code?: string }) => error.code === 'PORT_BUSY',
    );
    const remedy = 'close that program (a serial monitor, an editor)';
    if (busy) return hopeless(`${names} has it open and locked`, remedy);
    // The other end of a pseudo-terminal keeps it open itself.
    if (device.startsWith('/dev/pts/')) return good(`free, served by ${names}`);
    return warning(`${names} has it open too and takes a part of what the board says`, remedy);
  },
};

/** Seconds of the kernel's log that speak of the board as it is now. */
const RECENT_SECONDS = 3600;

const kernelLog: Check = {
  name: 'kernel log',
  async run({ device, signal }) {
    if (device === null) return skipped('no device');
    const log = await readKernelLog(signal);
    if (log === null) return skipped('this user may not read it (`sudo sysctl kernel.dmesg_restrict=0` allows it)');
    // A by-id link is known to the kernel by the name of its terminal.
    const path = await realpath(device).catch(instead(device, `resolving ${device}`));
    const [worst, ...others] = findTrouble(log, await kernelNames(path), uptime() - RECENT_SECONDS);
    if (!worst) return good('no USB error and no under-voltage in the last hour');
    const more = others.map(({ what }) => ` and ${what}`).join('');
    const often = worst.count === 1 ? 'once' : `${worst.count} times`;
    return warning(`${worst.what} (${often} in the last hour)${more}: ${worst.lastLine}`, worst.remedy);
  },
};

export const PORT_CHECKS: readonly Check[] = [port, permission, modemManager, kernelLog, holder];
