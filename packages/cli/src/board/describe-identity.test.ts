import { expect, test } from 'vitest';
import { chipOf } from './describe-identity.ts';

test.for([
  ['Generic ESP32 module with ESP32', 'ESP32'],
  ['Generic ESP32C3 module with ESP32C3', 'ESP32-C3'],
  ['Generic ESP32S3 module with Octal-SPIRAM with ESP32S3', 'ESP32-S3'],
  ['Generic ESP32C6 module with ESP32C6', 'ESP32-C6'],
  ['LOLIN_S2_MINI with ESP32-S2FN4R2', 'ESP32-S2'],
  ['A board with ESP32-C61', 'ESP32-C61'],
  ['TinyPICO with ESP32-PICO-D4', 'ESP32'],
  ['A board with ESP32D0WDQ6', 'ESP32'],
  ['linux [GCC 14.2.0] version', null],
] as const)('%s: %s', ([machine, chip]) => {
  expect(chipOf({ machine })).toBe(chip);
});
