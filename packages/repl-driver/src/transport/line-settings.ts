import { ignored } from '../debug.ts';
import { ReplDriverError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';

/** A line to a board, as a board URL names it: plain data, so that one process can hand it to another. */
export type LineSettings =
  | { readonly scheme: 'serial'; readonly path: string; readonly baudRate: number }
  | { readonly scheme: 'tcp'; readonly host: string; readonly port: number }
  | { readonly scheme: 'rfc2217'; readonly host: string; readonly port: number; readonly baudRate: number }
  /** The password is no part of its URL, and so of no message. */
  | { readonly scheme: 'ws'; readonly host: string; readonly port: number; readonly password?: string }
  | { readonly scheme: 'exec'; readonly command: string; readonly args: readonly string[] }
  | { readonly scheme: 'replay'; readonly path: string };

const DEFAULT_BAUD_RATE = 115_200;
/** webrepl.py's own. */
const WEBREPL_PORT = 8266;

const KNOWN =
  '/dev/…, serial:/dev/…?baud=, tcp://host:port, rfc2217://host:port?baud=, ws://host[:port], exec:PROGRAM ARGUMENTS, replay:FILE';
/** Schemes that the harness resolves to one of ours before it comes here. */
const RESOLVED_ABOVE = ['virtual', 'labgrid', 'emu'];

/**
 * Reads a board URL. Fails with `BAD_URL`.
 *
 * @example parseLine('serial:/dev/ttyUSB0?baud=921600'); // { scheme: 'serial', path: '/dev/ttyUSB0', baudRate: 921600 }
 */
export function parseLine(url: string): LineSettings {
  if (typeof url !== 'string')
    throw new ReplDriverError('BAD_URL', `The board URL cannot be ${kindOf(url)}; use one of ${KNOWN}.`);
  const text = url.trim();
  if (text.includes('\0')) throw badUrl(url, 'holds a NUL');
  if (/^(\/|COM\d+($|\?)|\\\\)/i.test(text)) return serial(url, ...splitQuery(text));
  const match = /^([A-Za-z][\w+.-]*):?(.*)$/s.exec(text);
  const scheme = match?.[1]?.toLowerCase() ?? '';
  const rest = text.slice(scheme.length + 1);
  const [target = '', query = ''] = splitQuery(rest);
  switch (text.includes(':') ? scheme : '') {
    case 'serial':
      if (target === '') throw badUrl(url, 'names no port');
      return serial(url, target.replace(/^\/\/(?=\/)/, ''), query);
    case 'tcp':
      parameters(url, query, []);
      return { scheme: 'tcp', ...hostAndPort(url, target) };
    case 'rfc2217':
      return { scheme: 'rfc2217', ...hostAndPort(url, target), baudRate: baudRate(url, query) };
    case 'ws':
      parameters(url, query, []);
      // Before the port is looked for, so that the sentence speaks of this.
      if (target.includes('@')) throw badUrl('ws://…@…', 'holds a password, which every log would show');
      return { scheme: 'ws', ...hostAndPort(url, withPort(target)) };
    case 'exec': {
      const [command = '', ...args] = rest
        .trim()
        .split(/\s+/)
        .map((word) => decoded(url, word));
      if (command === '') throw badUrl(url, 'names no program');
      return { scheme: 'exec', command, args };
    }
    case 'replay':
      if (rest === '') throw badUrl(url, 'names no file');
      return { scheme: 'replay', path: rest };
    default:
      throw unknownScheme(url, scheme);
  }
}

/**
 * The URL of a line: reading it again gives the same line.
 *
 * @example formatLine({ scheme: 'tcp', host: '127.0.0.1', port: 5555 }); // 'tcp://127.0.0.1:5555'
 */
export function formatLine(line: LineSettings): string {
  switch (line.scheme) {
    case 'serial':
      return line.baudRate === DEFAULT_BAUD_RATE ? bareOrSerial(line.path) : `serial:${line.path}${baudQuery(line)}`;
    case 'tcp':
      return `tcp://${bracketed(line.host)}:${line.port}`;
    case 'ws':
      return `ws://${bracketed(line.host)}:${line.port}`;
    case 'rfc2217':
      return `rfc2217://${bracketed(line.host)}:${line.port}${baudQuery(line)}`;
    case 'exec':
      return `exec:${[line.command, ...line.args].map(encodeURIComponent).join(' ')}`;
    case 'replay':
      return `replay:${line.path}`;
  }
}

function baudQuery({ baudRate }: { readonly baudRate: number }): string {
  return baudRate === DEFAULT_BAUD_RATE ? '' : `?baud=${baudRate}`;
}

function bareOrSerial(path: string): string {
  return path.startsWith('/') ? path : `serial:${path}`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function serial(url: string, path: string, query: string): LineSettings {
  return { scheme: 'serial', path, baudRate: baudRate(url, query) };
}

function splitQuery(rest: string): [target: string, query: string] {
  const at = rest.indexOf('?');
  return at < 0 ? [rest, ''] : [rest.slice(0, at), rest.slice(at + 1)];
}

function decoded(url: string, word: string): string {
  try {
    const text = decodeURIComponent(word);
    if (!text.includes('\0')) return text;
  } catch (error) {
    ignored('decoding a word of a command')(error);
  }
  throw badUrl(url, `has a percent sign that encodes nothing in ${JSON.stringify(word)} (write %25 for one)`);
}

function parameters(url: string, query: string, known: readonly string[]): URLSearchParams {
  const found = new URLSearchParams(query);
  for (const name of found.keys()) {
    const list = known.join(', ') || 'none here';
    if (!known.includes(name)) throw badUrl(url, `has the unknown parameter ${JSON.stringify(name)} (known: ${list})`);
    if (found.getAll(name).length > 1) throw badUrl(url, `has the parameter "${name}" twice`);
  }
  return found;
}

function baudRate(url: string, query: string): number {
  const text = parameters(url, query, ['baud']).get('baud');
  if (text === null) return DEFAULT_BAUD_RATE;
  const rate = Number(text);
  if (!/^\d+$/.test(text) || rate < 50 || rate > 20_000_000)
    throw badUrl(url, `has no sensible baud rate: ${JSON.stringify(text)}`);
  return rate;
}

function hostAndPort(url: string, target: string): { host: string; port: number } {
  const match = /^\/\/(?:\[([^\]]+)\]|([^:/@\s]+)):(\d{1,5})\/?$/.exec(target);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (!host || port < 1 || port > 65_535)
    throw badUrl(url, `needs a host and a port from 1 to 65535, as in ${url.split('://', 1)[0]}://localhost:3333`);
  return { host, port };
}

/** `//host` and `//[::1]` have the port that webrepl.py listens on. */
function withPort(target: string): string {
  return /^\/\/(?:\[[^\]]+\]|[^:/@\s]+)\/?$/.test(target) ? `${target.replace(/\/$/, '')}:${WEBREPL_PORT}` : target;
}

function unknownScheme(url: string, scheme: string): ReplDriverError {
  if (RESOLVED_ABOVE.includes(scheme)) {
    return new ReplDriverError(
      'BAD_URL',
      `${JSON.stringify(url)} is started by the harness, not by the driver: use it as --board, or give the driver one of ${KNOWN}.`,
    );
  }
  return badUrl(url, 'has no scheme that is known');
}

function badUrl(url: string, what: string): ReplDriverError {
  return new ReplDriverError(
    'BAD_URL',
    `The board URL ${JSON.stringify(url) ?? 'undefined'} ${what}; use one of ${KNOWN} (the harness adds virtual, labgrid:PLACE, emu:CHIP).`,
  );
}
