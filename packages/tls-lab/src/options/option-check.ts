import { nearWords } from '@wirewrap/certgen';
import { TlsLabError } from '../tls-lab-error.ts';

/** What a field takes: says what is wrong with a value, null when nothing is. */
export type Check = (value: unknown, path: string) => string | null;

/** A check for every field of an interface, and for none besides. */
export type Fields<T> = Readonly<Record<keyof T & string, Check>>;

const must = (fits: (value: unknown) => boolean, wanted: string): Check => {
  return (value, path) => (fits(value) ? null : `${path} must be ${wanted}, and is ${shown(value)}`);
};

export const text = must((value) => typeof value === 'string', 'a string');
export const flag = must((value) => typeof value === 'boolean', 'true or false');
export const count = must((value) => Number.isFinite(value) && Number(value) >= 0, 'a number from 0 up');
export const bytes = must((value) => value instanceof Uint8Array, 'a Uint8Array');
export const bytesOrText = must(
  (value) => typeof value === 'string' || value instanceof Uint8Array,
  'bytes or a string',
);
export const object = must(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'an object',
);

export function oneOf(words: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === 'string' && words.includes(value)) return null;
    const word = typeof value === 'string' ? `'${value.slice(0, 40)}'` : shown(value);
    return `${path} must be ${words.join(', ')}, and is ${word}`;
  };
}

export function listOf(item: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return `${path} must be a list, and is ${shown(value)}`;
    for (const [index, each] of value.entries()) {
      const problem = item(each, `${path}[${index}]`);
      if (problem !== null) return problem;
    }
    return null;
  };
}

export function mapOf(item: Check): Check {
  return (value, path) => {
    const problem = object(value, path);
    if (problem !== null) return problem;
    for (const [name, each] of Object.entries(value as object)) {
      const wrong = item(each, `${path}.${name}`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

/** An object with these fields; where `hints` knows better than the nearest name, it says what an unknown one means. */
export function fieldsOf(
  fields: Readonly<Record<string, Check>>,
  hints: (name: string) => string | null = noHint,
): Check {
  return (value, path) => {
    const problem = object(value, path);
    if (problem !== null) return problem;
    for (const [name, each] of Object.entries(value as object)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (check === undefined) return `${path} has no field '${name}'; ${hints(name) ?? nearest(fields, name)}`;
      const wrong = each === undefined ? null : check(each, `${path}.${name}`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

/** Throws a TlsLabError `BAD_OPTION` of one sentence: what is silently passed over, a test takes for what the board did. */
export function requireFit(value: unknown, check: Check, what: string): void {
  const problem = check(value, what);
  if (problem !== null) throw new TlsLabError('BAD_OPTION', problem.endsWith('?') ? problem : `${problem}.`);
}

function noHint(): null {
  return null;
}

function nearest(fields: Readonly<Record<string, unknown>>, name: string): string {
  const near = nearWords(Object.keys(fields), name);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : `known are ${Object.keys(fields).join(', ')}`;
}

/** Never what text, bytes or an object hold: it may be a key. */
function shown(value: unknown): string {
  if (typeof value === 'string') return 'a string';
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
