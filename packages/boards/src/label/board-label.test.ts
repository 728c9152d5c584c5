import { expect, test } from 'vitest';
import { fileNameOf, labelBoards } from './board-label.ts';

test.for([
  ['virtual', 'virtual'],
  ['virtual?ssl=1.18', 'virtual ssl=1.18'],
  ['/dev/ttyUSB0', 'ttyUSB0'],
  ['serial:/dev/ttyACM1?baud=921600', 'ttyACM1'],
  ['serial:/dev/serial/by-id/usb-Silicon_Labs_CP2102-if00', 'usb-Silicon_Labs_CP2102-if00'],
  ['tcp://127.0.0.1:4321', '127.0.0.1:4321'],
  ['rfc2217://lab:2217', 'lab:2217'],
  ['labgrid:desk-3', 'desk-3'],
  ['emu:esp32c3?firmware=a.bin', 'esp32c3'],
] as const)('%s is called %s', ([url, label]) => {
  expect(labelBoards([url])).toEqual([label]);
});

test('twins are numbered', () => {
  expect(labelBoards(['tcp://a:1', 'rfc2217://a:1', 'virtual'])).toEqual(['a:1', 'a:1#2', 'virtual']);
});

test('a label makes a file name', () => {
  expect(fileNameOf('virtual ssl=1.18')).toBe('virtual-ssl-1.18');
});
