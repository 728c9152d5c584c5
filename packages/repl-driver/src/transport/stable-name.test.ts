import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stableName } from './stable-name.ts';

test('a device that comes back under another name is found by its link', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirewrap-by-id-'));
  const device = join(folder, 'ttyACM0');
  const links = mkdtempSync(join(tmpdir(), 'wirewrap-by-id-'));
  const link = join(links, 'usb-Espressif_1234-if00');
  writeFileSync(device, '');
  symlinkSync(device, link);
  expect(stableName(device, links)).toBe(link);
  renameSync(device, join(folder, 'ttyACM1'));
  expect(stableName(device, links)).toBeUndefined();
  rmSync(link);
  symlinkSync(join(folder, 'ttyACM1'), link);
  expect(stableName(link, links)).toBe(link);
  expect(stableName('/dev/null', join(links, 'none'))).toBeUndefined();
});
