import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { panicPlace } from './panic-addresses.ts';

const panics: Record<string, Record<string, { hex: string }>> = JSON.parse(
  readFileSync(new URL('../../../../fixtures/sessions/panics.json', import.meta.url), 'utf8'),
);
const cases = Object.entries(panics).flatMap(([firmware, programs]) =>
  Object.entries(programs).map(([program, { hex }]): [string, string, string] => [firmware, program, hex]),
);

describe('panics of a real ESP32', () => {
  test.for(cases)('%s: %s', ([, , hex]) => {
    const text = Buffer.from(hex, 'hex').toString('latin1');
    const place = panicPlace(text);
    expect(place?.addresses.length).toBeGreaterThan(10);
    // The ESP32's instructions are between these (its memory map): a stack pointer is not.
    for (const address of place?.addresses ?? []) expect(Number(address) >>> 22).toBe(0x100);
    const innermost = /Backtrace: (0x\w+):/.exec(text)?.[1];
    expect(place?.addresses[0]).toBe(innermost);
  });
});

test.for([
  [
    'a RISC-V chip',
    "Guru Meditation Error: Core  0 panic'ed (Load access fault).\r\nMEPC    : 0x42005b7a  RA      : 0x42005b6e  SP      : 0x3fc91d70\r\n",
    ['0x42005b7a', '0x42005b6e'],
  ],
  ['registers without a backtrace', 'PC      : 0x40084059  PS      : 0x00060c30  A0      : 0x8\r\n', ['0x40084059']],
  ['abort()', 'abort() was called at PC 0x40132e2f on core 0\r\n', ['0x40132e2f']],
  ['a corrupted backtrace', 'Backtrace: 0x400d1234:0x3ffb1230 |<-CORRUPTED\r\n', ['0x400d1234']],
  ['two panics: the last', 'Backtrace: 0x1:0x2\r\nrst:0xc\r\nBacktrace: 0x3:0x4\r\n', ['0x3']],
] as const)('%s', ([, text, addresses]) => {
  expect(panicPlace(text)).toEqual({ addresses, elfSha256: null });
});

test('a line that has not come whole says nothing yet, and neither does other text', () => {
  expect(panicPlace('Backtrace: 0x400d1234:0x3ffb1230 0x400d')).toBeUndefined();
  expect(panicPlace('>>> print(0x400d1234)\r\n')).toBeUndefined();
});

test.for([
  ['ELF file SHA256: a1B2c3d4e', 'a1b2c3d4e'],
  ['ELF file SHA256: 0000000000000000', null],
] as const)('%s', ([line, elfSha256]) => {
  expect(panicPlace(`Backtrace: 0x1:0x2\r\n\r\n${line}\r\n`)).toEqual({ addresses: ['0x1'], elfSha256 });
});
