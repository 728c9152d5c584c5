import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sysfsPorts } from './sysfs-ports.ts';

/** A kernel's tree: where each terminal's device lies, and the attributes of some folders. */
async function sysfs(
  devices: Readonly<Record<string, string | null>>,
  attributes: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { readonly root: string }> {
  const root = await mkdtemp(join(tmpdir(), 'wirewrap-sysfs-'));
  for (const [name, device] of Object.entries(devices)) {
    const folder = join(root, 'class/tty', name);
    await mkdir(folder, { recursive: true });
    if (device === null) continue;
    await mkdir(join(root, 'devices', device), { recursive: true });
    await symlink(join(root, 'devices', device), join(folder, 'device'));
  }
  for (const [path, text] of Object.entries(attributes)) await writeFile(join(root, 'devices', path), `${text}\n`);
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

test('ports on USB have the ids and the serial number of their device, others have none', async () => {
  await using kernel = await sysfs(
    {
      ttyUSB0: 'pci0/usb1/1-1/1-1:1.0/ttyUSB0',
      ttyACM1: 'pci0/usb1/1-2/1-2:1.0',
      ttyS0: 'pnp0/00:04',
      ttyS1: null,
      console: null,
      tty0: 'virtual',
    },
    {
      'pci0/usb1/idVendor': '1d6b',
      'pci0/usb1/idProduct': '0002',
      'pci0/usb1/1-1/idVendor': '10c4',
      'pci0/usb1/1-1/idProduct': 'ea60',
      'pci0/usb1/1-1/serial': '0001',
      'pci0/usb1/1-2/idVendor': '303a',
      'pci0/usb1/1-2/idProduct': '1001',
    },
  );
  const ports = await sysfsPorts(kernel.root);
  expect(ports.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: '/dev/ttyACM1', vendorId: '303a', productId: '1001' },
    { path: '/dev/ttyS0' },
    { path: '/dev/ttyUSB0', vendorId: '10c4', productId: 'ea60', serialNumber: '0001' },
  ]);
});

test('a machine without such a tree has no ports', async () => {
  await using kernel = await sysfs({}, {});
  await expect(sysfsPorts(kernel.root)).resolves.toEqual([]);
});
