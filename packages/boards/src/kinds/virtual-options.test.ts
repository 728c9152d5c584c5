import { expect, test } from 'vitest';
import { parseVirtualBoardUrl } from './virtual-options.ts';

test.for([
  ['virtual', {}],
  ['virtual:', {}],
  ['virtual?ssl=1.18', { ssl: '1.18' }],
  [
    'virtual?ssl=1.23&baud=115200&latency=1&suite=forky&heap=128K&ring=0',
    { ssl: '1.23', baudRate: 115200, latencyMs: 1, suite: 'forky', heapBytes: 131072, ringBytes: 0 },
  ],
  ['virtual?slow=10&flash=5', { slowness: 10, flashMs: 5 }],
  ['virtual?micropython=%2Fopt%2Fmicro%20python', { micropython: '/opt/micro python' }],
  ['virtual?engine=esp32', { engine: 'esp32' }],
  ['virtual?nomemory=40', { failingAllocations: { from: 40, to: 40 } }],
  ['virtual?tlsheap=64K', { tlsHeapBytes: 65_536 }],
  ['virtual?tlsheap=0', { tlsHeapBytes: 0 }],
  ['virtual?nomemory=1-', { failingAllocations: { from: 1 } }],
  ['virtual?baud=0&heap=1M', { baudRate: 0, heapBytes: 1048576 }],
] as const)('%s', ([url, options]) => {
  expect(parseVirtualBoardUrl(url)).toEqual(options);
});

test.for([
  ['virtual?ssl=1.19', '"ssl" must be one of 1.18, 1.20, 1.23, native, not "1.19"'],
  ['virtual?baud=fast', '"baud" must be a whole number of bit/s'],
  ['virtual?baud=', '"baud" must be'],
  ['virtual?baud=-1', '"baud" must be'],
  ['virtual?latency=1.5', '"latency" must be'],
  ['virtual?heap=1', '"heap" must be a number of bytes from 32768'],
  ['virtual?heap=128Q', '"heap" must be'],
  ['virtual?slow=0', '"slow" must be a whole number from 1 to 1000'],
  ['virtual?flash=1.5', '"flash" must be a whole number of milliseconds up to 1000'],
  ['virtual?engine=esp8266', '"engine" must be distribution, or esp32'],
  ['virtual?tlsheap=-1', '"tlsheap" must be the bytes'],
  ['virtual?micropython=', '"micropython" must be the path'],
  ['virtual?nomemory=0', '"nomemory" must be the number'],
  ['virtual?nomemory=3-5', '"nomemory" must be the number'],
  ['virtual?suite=../x', '"suite" must be the name of a Debian or Ubuntu suite'],
  [
    'virtual?speed=9600',
    'no parameter "speed", only ssl, baud, latency, ring, heap, slow, flash, nomemory, tlsheap, engine, micropython, suite',
  ],
  ['virtual?__proto__=1', 'no parameter "__proto__"'],
  ['virtual?baud=9600&baud=300', '"baud" is given twice'],
  ['virtually', 'it must be "virtual"'],
] as const)('%s is refused in one sentence', ([url, message]) => {
  expect(() => parseVirtualBoardUrl(url)).toThrow(
    expect.objectContaining({ code: 'BAD_URL', message: expect.stringContaining(message) }),
  );
});
