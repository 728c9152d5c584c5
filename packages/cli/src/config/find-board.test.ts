import { expect, test } from 'vitest';
import { findBoard } from './find-board.ts';

const port = (path: string, usb: string | null, bridge: string | null) => ({
  path,
  usb,
  bridge,
  serialNumber: null,
  byId: null,
});
const usb0 = port('/dev/ttyUSB0', '10c4:ea60', 'CP210x');
const acm0 = port('/dev/ttyACM0', '303a:1001', 'Espressif USB-Serial-JTAG');
const gps = port('/dev/ttyACM3', '1546:01a8', null);

test.for([
  ['nothing', [], 'virtual', /^No --board is given and no ESP32 is plugged in by USB: this is the virtual board\.$/],
  ['a GPS receiver', [gps], 'virtual', /virtual board/],
  ['one board', [usb0], '/dev/ttyUSB0', /this is \/dev\/ttyUSB0 \(CP210x, USB 10c4:ea60\), the only board on USB\.$/],
  ['one board and a GPS receiver', [gps, acm0], '/dev/ttyACM0', /Espressif USB-Serial-JTAG/],
] as const)('with %s plugged in', ([, ports, url, reason]) => {
  expect(findBoard(ports)).toEqual({ url, reason: expect.stringMatching(reason) });
});

test('with two boards plugged in one sentence says how to choose', () => {
  expect(() => findBoard([acm0, usb0])).toThrow(
    expect.objectContaining({
      code: 'BAD_USAGE',
      message:
        '2 boards are plugged in, /dev/ttyACM0 (Espressif USB-Serial-JTAG, USB 303a:1001) and /dev/ttyUSB0 (CP210x, USB 10c4:ea60): choose one with --board=/dev/ttyACM0, or by WIREWRAP_BOARD.',
    }),
  );
});
