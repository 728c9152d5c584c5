import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findTrouble, kernelNames } from './kernel-log.ts';

const names = ['ttyUSB0', '1-1.2'];

test.for([
  ['[  100.000001] usb 1-1.2: new full-speed USB device number 5 using xhci_hcd', null],
  ['[  100.000001] usb 1-1.2: cp210x converter now attached to ttyUSB0', null],
  ['[  100.000001] usb 1-1.2: device descriptor read/64, error -71', 'USB errors'],
  ['[  100.000001] usb 1-1.2: device not accepting address 6, error -71', 'USB errors'],
  ['[  100.000001] cp210x ttyUSB0: failed set request 0x12 status: -110', 'USB errors'],
  ['[  100.000001] ch341-uart ttyUSB0: usb_serial_generic_read_bulk_callback - urb stopped: -32', 'USB errors'],
  ['[  100.000001] usb 1-1.2: USB disconnect, device number 5', 'disconnects'],
  ['[  100.000001] cp210x ttyUSB0: cp210x converter now disconnected from ttyUSB0', 'disconnects'],
  ['[  100.000001] usb 1-1.2: reset full-speed USB device number 5 using dwc_otg', 'resets by the USB host'],
  ['[  100.000001] hwmon hwmon1: Undervoltage detected!', 'under-voltage'],
  ['[  100.000001] rpi_firmware: Under-voltage detected! (0x00050005)', 'under-voltage'],
  ['[  100.000001] usb usb1-port2: over-current condition', 'over-current at a USB port'],
  // Another device, and one whose name only begins like ours.
  ['[  100.000001] usb 1-1.3: device descriptor read/64, error -71', null],
  ['[  100.000001] usb 1-1.2.4: USB disconnect, device number 9', null],
  ['[    9.000001] usb 1-1.2: USB disconnect, device number 5', null],
  ['not a line of the log', null],
] as const)('%s', ([line, what]) => {
  expect(findTrouble(line, names, 10).map((trouble) => trouble.what)).toEqual(what === null ? [] : [what]);
});

test('tells how often, the last line, and the worst first', () => {
  const log = [
    '[   50.5] usb 1-1.2: USB disconnect, device number 5',
    '[   60.5] hwmon hwmon1: Undervoltage detected!',
    '[   70.5] usb 1-1.2: USB disconnect, device number 6',
  ].join('\n');
  expect(findTrouble(log, names, 0)).toMatchObject([
    { what: 'under-voltage', count: 1 },
    { what: 'disconnects', count: 2, lastLine: 'usb 1-1.2: USB disconnect, device number 6' },
  ]);
});

test('a port is known by its terminal and by its USB device', async () => {
  const root = await mkdtemp(join(tmpdir(), 'wirewrap-sysfs-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'class/tty'), { recursive: true });
  const device = '../../devices/pci0/usb1/1-1/1-1.2/1-1.2:1.0/ttyUSB0/tty/ttyUSB0';
  await symlink(device, join(root, 'class/tty/ttyUSB0'));
  await symlink('../../devices/pnp0/00:04/tty/ttyS0', join(root, 'class/tty/ttyS0'));
  expect(await kernelNames('/dev/ttyUSB0', root)).toEqual(['ttyUSB0', '1-1.2']);
  expect(await kernelNames('/dev/ttyS0', root)).toEqual(['ttyS0']);
  expect(await kernelNames('/dev/pts/4', root)).toEqual([]);
});
