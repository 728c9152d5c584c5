/** The one checker of options that a caller typed: each check says in a sentence what is wrong, or null. */
import { didYouMean } from '@wirewrap/certgen/near-words';

/** What a field takes: says what is wrong with a value, null when nothing is. */
export type OptionCheck = (value: unknown, path: string) => string | null;

/**
 * A check for every field of an interface, and for none besides.
 */
export type FieldChecks<T> = Readonly<Record<keyof T & string, OptionCheck>>;

const must = (fits: (value: unknown) => boolean, wanted: string): OptionCheck => {
  return (value, path) => (fits(value) ? null : `${path} must be ${wanted}, and is ${shown(value)}`);
};

/** A string. What it holds is never shown: it may be a key. */
export const text: OptionCheck = must((value) => typeof value === 'string', 'a string');
/** True or false. */
export const flag: OptionCheck = must((value) => typeof value === 'boolean', 'true or false');
/** A finite number from 0 up. */
export const count: OptionCheck = must((value) => Number.isFinite(value) && Number(value) >= 0, 'a number from 0 up');
/** A `Uint8Array`, such as a `Buffer`. */
export const bytes: OptionCheck = must((value) => value instanceof Uint8Array, 'a Uint8Array');
/** A `Uint8Array` or a string. */
export const bytesOrText: OptionCheck = must(
  (value) => typeof value === 'string' || value instanceof Uint8Array,
  'bytes or a string',
);
/** An object that is no list. */
export const object: OptionCheck = must(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'an object',
);

/**
 * One of these words.
 *
 * @example oneOf(['set', 'keep'])('sat', 'clock'); // "clock must be set, keep, and is 'sat'"
 */
export function oneOf(words: readonly string[]): OptionCheck {
  return (value, path) => {
    if (typeof value === 'string' && words.includes(value)) return null;
    const word = typeof value === 'string' ? `'${value.slice(0, 40)}'` : shown(value);
    return `${path} must be ${words.join(', ')}, and is ${word}`;
  };
}

/**
 * A list of which each item passes a check.
 *
 * @example listOf(text)(['a', 1], 'tags'); // 'tags[1] must be a string, and is 1'
 */
export function listOf(item: OptionCheck): OptionCheck {
  return (value, path) => {
    if (!Array.isArray(value)) return `${path} must be a list, and is ${shown(value)}`;
    for (const [index, each] of value.entries()) {
      const problem = item(each, `${path}[${index}]`);
      if (problem !== null) return problem;
    }
    return null;
  };
}

/**
 * An object of which each field, whatever its name, passes a check.
 *
 * @example mapOf(count)({ a: -1 }, 'limits'); // 'limits.a must be a number from 0 up, and is -1'
 */
export function mapOf(item: OptionCheck): OptionCheck {
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

/**
 * An object with these fields; where `hints` knows better than the nearest name, it says what an unknown one means. `noun` is
 * what a field is called, default `field`.
 *
 * @example fieldsOf({ port: count })({ prot: 1 }, 'board'); // "board has no field 'prot'; did you mean port?"
 */
export function fieldsOf(
  fields: Readonly<Record<string, OptionCheck>>,
  hints: (name: string) => string | null = noHint,
  noun = 'field',
): OptionCheck {
  return (value, path) => {
    const problem = object(value, path);
    if (problem !== null) return problem;
    for (const [name, each] of Object.entries(value as object)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (check === undefined)
        return `${path} has no ${noun} '${name}'; ${hints(name) ?? didYouMean(Object.keys(fields), name) ?? `known are ${Object.keys(fields).join(', ')}`}`;
      const wrong = each === undefined ? null : check(each, `${path}.${name}`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
}

function noHint(): null {
  return null;
}

/** Never what text, bytes or an object hold: it may be a key. */
function shown(value: unknown): string {
  if (typeof value === 'string') return 'a string';
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
