import { resolve } from 'node:path';
import type { FirmwareShape, VirtualBoardOptions } from '@wirewrap/virtual-board';
import { BoardsError } from '../errors.ts';

const SHAPES: readonly FirmwareShape[] = ['1.18', '1.20', '1.23', 'native'];

interface Parameter {
  /** Completes "`name` must be …". */
  readonly form: string;
  readonly read: (value: string) => Partial<VirtualBoardOptions> | undefined;
}

/** The smallest heap that the board's own programs leave room in. */
const SMALLEST_HEAP = 32 * 1024;

const PARAMETERS: Readonly<Record<string, Parameter>> = {
  ssl: {
    form: `one of ${SHAPES.join(', ')}`,
    read: (value) => {
      const ssl = SHAPES.find((shape) => shape === value);
      return ssl && { ssl };
    },
  },
  baud: {
    form: 'a whole number of bit/s from 300, or 0 for an unlimited line',
    read: (value) => number(value, (n) => n === 0 || (n >= 300 && n <= 10_000_000), 'baudRate'),
  },
  latency: {
    form: 'a whole number of milliseconds up to 10000',
    read: (value) => number(value, (n) => n <= 10_000, 'latencyMs'),
  },
  ring: {
    form: 'a number of bytes up to 65536, or 0 for a line that never drops',
    read: (value) => number(value, (n) => n <= 65_536, 'ringBytes'),
  },
  heap: {
    form: `a number of bytes from ${SMALLEST_HEAP}, such as 131072 or 128K`,
    read: (value) => number(value, (n) => n >= SMALLEST_HEAP && n <= 2 ** 30, 'heapBytes', { K: 1024, M: 1024 ** 2 }),
  },
  slow: {
    form: 'a whole number from 1 to 1000, how many times slower the interpreter is',
    read: (value) => number(value, (n) => n >= 1 && n <= 1000, 'slowness'),
  },
  flash: {
    form: 'a whole number of milliseconds up to 1000, which each access to the flash takes',
    read: (value) => number(value, (n) => n <= 1000, 'flashMs'),
  },
  nomemory: {
    form: "the number of the TLS library's allocation that fails, such as 40, or 40- for that one and all after it",
    read: (value) => {
      const [, from, open] = /^([1-9]\d{0,8})(-?)$/.exec(value) ?? [];
      if (from === undefined) return undefined;
      return { failingAllocations: { from: Number(from), ...(open ? {} : { to: Number(from) }) } };
    },
  },
  tlsheap: {
    form: 'the bytes that the TLS library may hold at a time, such as 65536 or 64K, or 0 to count them without a limit',
    read: (value) => {
      const [, digits, kilo] = /^(\d{1,9})(K?)$/.exec(value) ?? [];
      return digits === undefined ? undefined : { tlsHeapBytes: Number(digits) * (kilo ? 1024 : 1) };
    },
  },
  engine: {
    form: 'distribution, or esp32 for a MicroPython that is built with the options of an ESP32',
    read: (value) => (value === 'distribution' || value === 'esp32' ? { engine: value } : undefined),
  },
  micropython: {
    form: 'the path of a MicroPython of the unix port',
    read: (value) => (value === '' || value.includes('\0') ? undefined : { micropython: resolve(value) }),
  },
  suite: {
    form: 'the name of a Debian or Ubuntu suite, such as trixie or forky',
    read: (value) => (/^[a-z][a-z0-9-]*$/.test(value) ? { suite: value } : undefined),
  },
};

/**
 * Options of a `virtual` board URL, such as `virtual?ssl=1.18&baud=115200&latency=1&suite=forky&heap=128K&ring=260`.
 * @throws BoardsError `BAD_URL` for a parameter or a value that is not known
 */
export function parseVirtualBoardUrl(url: string): VirtualBoardOptions {
  const match = /^virtual:?(?:\?(?<query>.*))?$/s.exec(url);
  if (!match) throw bad(url, 'it must be "virtual", with parameters as in "virtual?ssl=1.18&baud=115200"');
  let options: VirtualBoardOptions = {};
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(match.groups?.query ?? '')) {
    const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    if (!parameter) throw bad(url, `it has no parameter "${name}", only ${Object.keys(PARAMETERS).join(', ')}`);
    if (seen.has(name)) throw bad(url, `"${name}" is given twice`);
    seen.add(name);
    const read = parameter.read(value);
    if (!read) throw bad(url, `"${name}" must be ${parameter.form}, not "${value}"`);
    options = { ...options, ...read };
  }
  return options;
}

function number(
  value: string,
  accepts: (n: number) => boolean,
  name: keyof VirtualBoardOptions,
  units: Readonly<Record<string, number>> = {},
): Partial<VirtualBoardOptions> | undefined {
  const match = /^(\d{1,10})([A-Z]?)$/.exec(value);
  if (!match) return undefined;
  const unit = match[2] ? units[match[2]] : 1;
  const n = unit === undefined ? Number.NaN : Number(match[1]) * unit;
  return accepts(n) ? { [name]: n } : undefined;
}

function bad(url: string, what: string): BoardsError {
  return new BoardsError('BAD_URL', `The board URL "${url}" is wrong: ${what}.`);
}
