import { describe, expect, test } from 'vitest';
import { makeFirmware } from '../../test/firmware.ts';
import { parseFirmwareImage, readFirmwareImage } from './firmware-image.ts';

describe('parseFirmwareImage', () => {
  test.for([
    ['ESP32', 0, 0x1000],
    ['ESP32-S2', 2, 0x1000],
    ['ESP32-C3', 5, 0],
    ['ESP32-S3', 9, 0],
    ['ESP32-C6', 13, 0],
    ['ESP32-P4', 18, 0x2000],
    ['ESP32-C5', 23, 0x2000],
  ] as const)('%s: its chip, its flash address, its build', ([chip, chipId, address]) => {
    const image = parseFirmwareImage('firmware.bin', makeFirmware(chipId, address));
    expect(image).toMatchObject({ chip, chipId, address, build: 'v1.26.1 on 2025-09-11' });
  });

  test('a merged image of an ESP32 begins at address 0', () => {
    const merged = Buffer.concat([Buffer.alloc(0x1000, 0xff), makeFirmware(0, 0x1000)]);
    expect(parseFirmwareImage('merged.bin', merged)).toMatchObject({ chip: 'ESP32', address: 0 });
  });

  test.for([['v1.28.0-preview.12.gabcdef on 2026-01-02'], ['v1.18 on 2022-01-17'], ['v1.25.0+ds-1 on 2025-05-04']])(
    'finds the build %s',
    ([build = '']) => {
      expect(parseFirmwareImage('f.bin', makeFirmware(5, 0, build)).build).toBe(build);
    },
  );

  test.for([
    ['no image', Buffer.from('#!/bin/sh\n'), /no ESP32 firmware/],
    ['an empty file', Buffer.alloc(0), /no ESP32 firmware/],
    ['a chip that is not known', makeFirmware(77), /chip id 77/],
    ['an application alone', makeFirmware(5).subarray(0, 0x4000), /application without bootloader/],
  ] as const)('refuses %s', ([, bytes, message]) => {
    expect(() => parseFirmwareImage('/tmp/x.bin', bytes)).toThrow(message);
  });

  test('names a file that is not there', async () => {
    await expect(readFirmwareImage('/nowhere.bin')).rejects.toMatchObject({ code: 'BAD_FILE' });
  });
});
