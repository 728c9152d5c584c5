import { describe, expect, test } from 'vitest';
import { makeApplication, makeBootloader, makeFirmware } from '../../test/firmware.ts';
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

  /** The header of an ESP8266: 8 bytes, then the first segment with its load address. */
  const esp8266 = Buffer.alloc(0x9000, 0x11);
  esp8266.set([0xe9, 1, 0, 0, 0, 0, 0, 0]);
  esp8266.writeUInt32LE(0x40100000, 8);

  test.for([
    ['no image', Buffer.from('#!/bin/sh\n'), /not an ESP32 firmware/],
    ['an empty file', Buffer.alloc(0), /not an ESP32 firmware/],
    ['a chip that is not known', makeFirmware(77), /chip id 77/],
    ['an application alone', makeApplication(5), /an application without bootloader .* for ESP32-C3/],
    ['a bootloader alone', makeBootloader(9), /is a bootloader alone for ESP32-S3/],
    ['a firmware for the ESP8266', esp8266, /for the ESP8266/],
  ] as const)('refuses %s', ([, bytes, message]) => {
    expect(() => parseFirmwareImage('/tmp/x.bin', bytes)).toThrow(message);
  });

  const whole = makeFirmware(5);
  test.for([0x10, 0x900, 0x1235, 0x8010, 0x9000, 0x10010, 0x11000, whole.length - 1])(
    'refuses a firmware that is cut short after %i bytes',
    (length) => {
      expect(() => parseFirmwareImage('x.bin', whole.subarray(0, length))).toThrow(
        /cut short|damaged|not an ESP32|alone/,
      );
    },
  );

  test.for([
    ['a length in the bootloader', 0x1c, /cut short|damaged/],
    ['the code of the bootloader', 0x100, /the checksum of its bootloader is wrong/],
    ['the partition table', 0x8025, /the MD5 of its partition table is wrong/],
    ['the header of the application', 0x10000 + 4, /the SHA-256 of its application 'factory' is wrong/],
    ['the first byte of the application', 0x10000, /the first byte of its application/],
    ['the code of the application', 0x11800, /the checksum of its application 'factory' is wrong/],
    ['the hash of the application', whole.length - 5, /the SHA-256 of its application/],
  ] as const)('refuses one byte changed in %s', ([, at, message]) => {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] as number) ^ 0x20;
    expect(() => parseFirmwareImage('x.bin', changed)).toThrow(message);
  });

  test('any byte of what is checked, changed, is noticed', () => {
    const parts: [number, number][] = [
      [0, makeBootloader(5).length],
      [0x8000, 0x8000 + 96],
      [0x10000, whole.length],
    ];
    const missed: number[] = [];
    for (const [from, to] of parts) {
      for (let at = from; at < to; at += 61) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] as number) ^ 0x01;
        try {
          parseFirmwareImage('x.bin', changed);
          missed.push(at);
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_FILE' });
        }
      }
    }
    // Padding of the row that holds the MD5 is covered by nothing.
    expect(missed.filter((at) => at < 0x8042 || at >= 0x8050)).toEqual([]);
  });

  test('names a file that is not there', async () => {
    await expect(readFirmwareImage('/nowhere.bin')).rejects.toMatchObject({ code: 'BAD_FILE' });
  });
});
