import { describe, expect, test } from 'vitest';
import { formatLine, parseLine } from './line-settings.ts';

describe('board URLs', () => {
  const good: [string, object][] = [
    ['/dev/ttyUSB0', { scheme: 'serial', path: '/dev/ttyUSB0', baudRate: 115_200 }],
    ['serial:/dev/ttyUSB0?baud=921600', { scheme: 'serial', path: '/dev/ttyUSB0', baudRate: 921_600 }],
    ['serial:///dev/ttyUSB0', { scheme: 'serial', path: '/dev/ttyUSB0' }],
    ['/dev/ttyUSB0?baud=921600', { scheme: 'serial', path: '/dev/ttyUSB0', baudRate: 921_600 }],
    ['COM3?baud=9600', { scheme: 'serial', path: 'COM3', baudRate: 9_600 }],
    ['exec:a%20b c%25', { scheme: 'exec', command: 'a b', args: ['c%'] }],
    ['COM3', { scheme: 'serial', path: 'COM3' }],
    ['tcp://localhost:3333', { scheme: 'tcp', host: 'localhost', port: 3333 }],
    ['tcp://[::1]:1', { scheme: 'tcp', host: '::1', port: 1 }],
    ['rfc2217://lab:4000?baud=460800', { scheme: 'rfc2217', host: 'lab', port: 4000, baudRate: 460_800 }],
    ['ws://192.168.4.1', { scheme: 'ws', host: '192.168.4.1', port: 8266 }],
    ['ws://[fe80::1]/', { scheme: 'ws', host: 'fe80::1', port: 8266 }],
    ['ws://board.local:80/', { scheme: 'ws', host: 'board.local', port: 80 }],
    ['exec:micropython -i', { scheme: 'exec', command: 'micropython', args: ['-i'] }],
    ['replay:session.jsonl', { scheme: 'replay', path: 'session.jsonl' }],
  ];
  test.for(good)('%s', ([url, target]) => {
    expect(parseLine(url)).toMatchObject(target);
    expect(parseLine(formatLine(parseLine(url)))).toEqual(parseLine(url));
  });

  const bad = [
    '',
    'ttyUSB0',
    'http://x',
    'tcp://x',
    'tcp://x:0',
    'tcp://x:65536',
    'tcp:x:1',
    'serial:',
    'serial:/dev/x?baud=fast',
    'serial:/dev/x?speed=1',
    'serial:/dev/x?baud=1e3',
    'serial:/dev/x?baud=',
    'serial:/dev/x?baud=9600&baud=300',
    '/dev/x?speed=1',
    'tcp://x:1?baud=9600',
    'rfc2217://x:1?Baud=9600',
    'ws://',
    'ws://x:0',
    'ws://x/path',
    'ws://x?password=secret',
    'exec:',
    'exec:%zz',
    'exec:cat%00',
    '/dev/tty\0USB0',
    'tcp://a\nb:1',
    'virtual',
    'virtual?baud=1',
    'labgrid:place',
    'emu:esp32c3?firmware=x',
  ];
  test.for(['ws://secret@x', 'ws://:secret@x:8266'])('%j is refused without its password', (url) => {
    const refusal = (): unknown => parseLine(url);
    expect(refusal).toThrow(/holds a password, which every log would show/);
    expect(refusal).not.toThrow(/secret/);
  });

  test.for(bad)('refuses %j in one sentence that lists what is known', (url) => {
    expect(() => parseLine(url)).toThrow(
      expect.objectContaining({
        code: 'BAD_URL',
        message: expect.stringMatching(/^[^\n]*tcp:\/\/host:port[^\n]*\.$|^".*harness.*\.$/),
      }),
    );
  });
});
