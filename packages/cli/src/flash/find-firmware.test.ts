import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFirmware } from '../../test/firmware.ts';
import { findFirmware } from './find-firmware.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-firmwares-'));
  const put = (name: string, chipId: number, address: number, build: string) =>
    writeFile(join(folder, name), makeFirmware(chipId, address, build));
  await mkdir(join(folder, 'old'));
  await put('a.bin', 0, 0x1000, 'v1.26.1 on 2025-09-11');
  await put('b.bin', 5, 0, 'v1.26.1 on 2025-09-11');
  await put(join('old', 'c.bin'), 0, 0x1000, 'v1.20.0 on 2023-04-26');
  await put('spiram-1.bin', 9, 0, 'v1.25.0 on 2025-04-15');
  await put('spiram-2.bin', 9, 0, 'v1.25.0 on 2025-04-15');
  await writeFile(join(folder, 'short.bin'), makeFirmware(5, 0, 'v1.28.0 on 2026-01-01').subarray(0, 0x11000));
  await writeFile(join(folder, 'notes.txt'), 'not a firmware');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const noBoard = { chip: () => Promise.reject(new Error('the board was asked')) };

describe('the firmware of a version in a folder', () => {
  test.for(['1.20.0', 'v1.20.0', '1.20'])(
    '%s is found by what the file holds, without asking the board',
    async (version) => {
      expect(basename((await findFirmware(folder, version, noBoard)).path)).toBe('c.bin');
    },
  );

  test.for([
    ['ESP32', 'a.bin'],
    ['ESP32-C3', 'b.bin'],
  ] as const)('for several chips the board is asked: %s', async ([chip, name]) => {
    expect(basename((await findFirmware(folder, '1.26.1', { chip: async () => chip })).path)).toBe(name);
  });

  test.for([
    ['1.26.1', 'ESP32-S3', /1\.26\.1 for ESP32, ESP32-C3, and the board has an ESP32-S3; name one by --firmware/],
    ['1.26.1', null, /the board does not say what chip it has/],
    ['1.25.0', 'ESP32-S3', /Several firmwares are MicroPython 1\.25\.0 \(spiram-1\.bin, spiram-2\.bin\)/],
    ['1.26.2', 'ESP32', /no firmware of MicroPython 1\.26\.2; it has 1\.26\.1, 1\.20\.0, 1\.25\.0\. Left out/],
    ['1.28.0', 'ESP32', /Left out: short\.bin is cut short/],
    ['latest', 'ESP32', /'latest' is not a version/],
  ] as const)('%s on a board with %s is one sentence', async ([version, chip, message]) => {
    await expect(findFirmware(folder, version, { chip: async () => chip })).rejects.toThrow(message);
  });

  test('a folder that is not there', async () => {
    await expect(findFirmware(join(folder, 'nowhere'), '1.26.1', noBoard)).rejects.toThrow(/\/nowhere cannot be read/);
  });
});
