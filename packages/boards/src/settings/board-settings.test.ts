import { expect, test } from 'vitest';
import { parseBoard } from './board-settings.ts';
import { configuredBoard } from './configured-board.ts';
import { knownSecrets } from './secrets.ts';
import { fileNameOf, uniqueLabels } from './unique-labels.ts';

test.for([
  ['virtual', 'virtual'],
  ['virtual?ssl=1.18', 'virtual ssl=1.18'],
  ['/dev/ttyUSB0', 'ttyUSB0'],
  ['serial:/dev/ttyACM1?baud=921600', 'ttyACM1'],
  ['serial:/dev/serial/by-id/usb-Silicon_Labs_CP2102-if00', 'usb-Silicon_Labs_CP2102-if00'],
  ['tcp://127.0.0.1:4321', '127.0.0.1:4321'],
  ['rfc2217://lab:2217', 'lab:2217'],
  ['ws://192.168.4.1', '192.168.4.1:8266'],
  ['labgrid:desk-3', 'desk-3'],
  ['emu:esp32c3?firmware=a.bin', 'esp32c3'],
  ['exec:micropython -i', 'micropython -i'],
  ['replay:session.jsonl', 'session.jsonl'],
] as const)('%s is called %s', ([url, label]) => {
  const settings = parseBoard(url);
  expect(settings).toMatchObject({ url, label });
  // It goes to the workers as it is.
  expect(structuredClone(settings)).toEqual(JSON.parse(JSON.stringify(settings)));
});

test('twins are numbered', () => {
  expect(uniqueLabels(['a:1', 'a:1', 'virtual'])).toEqual(['a:1', 'a:1#2', 'virtual']);
});

test('a label makes a file name', () => {
  expect(fileNameOf('virtual ssl=1.18')).toBe('virtual-ssl-1.18');
});

test.for([
  ['virtual?ssl=1.20', { scheme: 'virtual', options: { ssl: '1.20' } }],
  ['/dev/ttyUSB0', { scheme: 'serial', path: '/dev/ttyUSB0', baudRate: 115_200 }],
  ['COM3?baud=9600', { scheme: 'serial', path: 'COM3', baudRate: 9_600 }],
  ['ws://board.local:80/', { scheme: 'ws', host: 'board.local', port: 80 }],
  ['labgrid:desk', { scheme: 'labgrid', place: 'desk' }],
  ['labgrid:+WVKG1GM03A', { scheme: 'labgrid', place: '+WVKG1GM03A' }],
  ['labgrid:?board=esp32,chip=c3', { scheme: 'labgrid', tags: { board: 'esp32', chip: 'c3' }, label: 'esp32-c3' }],
  ['emu:esp32c3?firmware=/a.bin', { scheme: 'emu', chip: 'esp32c3', firmware: '/a.bin' }],
] as const)('%s says where the board is', ([url, place]) => {
  expect(parseBoard(url)).toMatchObject(place);
});

test.for([
  ['ttyUSB0', /"ttyUSB0" has no scheme that is known; use one of .*tcp:/],
  ['http://a:1', /"http:\/\/a:1" has no scheme/],
  ['virtual?ssl=1.19', /"ssl" must be one of/],
  ['labgrid:', /'labgrid:' names no place: labgrid:PLACE/],
  ['labgrid:?board', /has tags that are not NAME=VALUE: labgrid:PLACE, or labgrid:\?board=esp32/],
  ['emu:esp32c3', /needs a chip and a firmware: emu:esp32c3\?firmware=FILE/],
  ['emu:esp32c3?firmware=a&frimware=b', /unknown parameter 'frimware'/],
] as const)('%s is refused in one sentence', ([url, message]) => {
  expect(() => parseBoard(url)).toThrow(
    expect.objectContaining({ code: 'BAD_URL', message: expect.stringMatching(message) }),
  );
});

test('the password of a WebREPL is the one in the environment, else that of the configuration, and in no URL', () => {
  const config = { url: 'ws://192.168.4.1', webreplPassword: 'of-config' };
  const fromConfig = configuredBoard(config, {});
  expect(fromConfig).toMatchObject({ scheme: 'ws', password: 'of-config', url: 'ws://192.168.4.1' });
  expect(configuredBoard(config, { WIREWRAP_WEBREPL_PASSWORD: 'of-env' })).toMatchObject({ password: 'of-env' });
  expect(configuredBoard({ url: 'virtual' }, { WIREWRAP_WEBREPL_PASSWORD: 'of-env' })).not.toHaveProperty('password');
  expect(knownSecrets({ WIREWRAP_WEBREPL_PASSWORD: 'of-env' })).toContain('of-env');
});
