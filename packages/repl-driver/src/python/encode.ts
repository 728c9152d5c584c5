import { ReplDriverError } from '../errors.ts';
import { ELLIPSIS } from './ellipsis.ts';
import { MAX_DEPTH } from './python-reader.ts';
import { isPythonSource } from './python-source.ts';

/**
 * A JavaScript value as a Python literal in printable ASCII, on one line.
 *
 * number -> int when it is a safe integer, else float (so 1e21 is a float; -0 is `-0.0`); bigint -> int; string -> str;
 * Uint8Array, ArrayBuffer and DataView -> bytes; array -> list (a tuple in a key or a set, where Python takes no list);
 * Set -> set (there a frozenset); Map -> dict; plain object -> dict with str
 * keys; null and undefined -> None; `ELLIPSIS` -> `...`; a `py` fragment goes in as it is. Anything else, and what is
 * nested deeper than 200, fails with `BAD_VALUE`.
 *
 * @example encodeValue({ ports: [443, 8443], host: null }); // "{'ports': [443, 8443], 'host': None}"
 */
export function encodeValue(value: unknown): string {
  return encode(value, [], false);
}

/** `frozen` in a key or a set, whose values must not change. */
function encode(value: unknown, parents: readonly object[], frozen: boolean): string {
  switch (typeof value) {
    case 'string':
      return encodeString(value);
    case 'number':
      return encodeNumber(value);
    case 'bigint':
      return value.toString();
    case 'boolean':
      return value ? 'True' : 'False';
    case 'undefined':
      return 'None';
    case 'object':
      return value === null ? 'None' : encodeObject(value, parents, frozen);
    default:
      if (value === ELLIPSIS) return '...';
      throw badValue(`a ${typeof value}`);
  }
}

function encodeObject(value: object, parents: readonly object[], frozen: boolean): string {
  if (parents.includes(value)) throw badValue('a value that contains itself');
  if (parents.length >= MAX_DEPTH) throw badValue(`a value nested deeper than ${MAX_DEPTH}`);
  if (isPythonSource(value)) return value.source;
  const inner = [...parents, value];
  const each = (item: unknown) => encode(item, inner, frozen);
  const key = (item: unknown) => encode(item, inner, true);
  const bytes = asBytes(value);
  if (bytes) return encodeBytes(bytes);
  if (Array.isArray(value)) return encodeArray(Array.from(value, each), frozen);
  if (value instanceof Set) return encodeSet([...value].map(key), frozen);
  const entries = value instanceof Map ? [...value] : plainEntries(value);
  return `{${entries.map(([name, item]) => `${key(name)}: ${each(item)}`).join(', ')}}`;
}

function encodeArray(items: readonly string[], frozen: boolean): string {
  if (!frozen) return `[${items.join(', ')}]`;
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

function encodeSet(items: readonly string[], frozen: boolean): string {
  const set = items.length === 0 ? '' : `{${items.join(', ')}}`;
  if (frozen) return `frozenset(${set})`;
  return set === '' ? 'set()' : set;
}

/** What holds bytes, as bytes; null for anything else. */
export function asBytes(value: object): Uint8Array | null {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return new Uint8Array(value);
  return null;
}

/** Of any realm, as tests may run in one of their own. */
export function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function plainEntries(value: object): [string, unknown][] {
  if (!isPlainObject(value)) {
    throw badValue(`an object of class ${value.constructor?.name ?? '?'}`);
  }
  return Object.entries(value);
}

function encodeNumber(value: number): string {
  if (Number.isNaN(value)) return "float('nan')";
  if (!Number.isFinite(value)) return value > 0 ? "float('inf')" : "float('-inf')";
  if (Object.is(value, -0)) return '-0.0';
  if (Number.isSafeInteger(value)) return value.toString();
  const text = value.toString();
  return /[.e]/.test(text) ? text : `${text}.0`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function encodeString(text: string): string {
  if (!text.isWellFormed()) throw badValue('a string with half a surrogate pair, which is not valid UTF-8');
  let out = "'";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const short = SHORT_ESCAPES[character];
    if (short) out += short;
    else if (code >= 0x20 && code < 0x7f) out += character;
    else if (code <= 0xff) out += `\\x${hex(code, 2)}`;
    else if (code <= 0xffff) out += `\\u${hex(code, 4)}`;
    else out += `\\U${hex(code, 8)}`;
  }
  return `${out}'`;
}

/** Bytes as a `b'…'` literal. */
function encodeBytes(bytes: Uint8Array): string {
  let out = "b'";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    const short = SHORT_ESCAPES[character];
    if (short) out += short;
    else if (byte >= 0x20 && byte < 0x7f) out += character;
    else out += `\\x${hex(byte, 2)}`;
  }
  return `${out}'`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function badValue(what: string): ReplDriverError {
  return new ReplDriverError(
    'BAD_VALUE',
    `Cannot send ${what} to the board; pass a number, bigint, string, bytes, boolean, null, array, Map, Set, plain object or a py fragment.`,
  );
}
