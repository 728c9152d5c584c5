import { ELLIPSIS } from './ellipsis.ts';

/** Python's constants by the word that `repr` writes. */
export const WORDS: Readonly<Record<string, unknown>> = {
  None: null,
  True: true,
  False: false,
  Ellipsis: ELLIPSIS,
};

/** A number or, for an int that a double cannot hold exactly, a bigint. */
export function numberOf(token: string): number | bigint {
  const negative = token.startsWith('-');
  const digits = token.replace(/^[+-]/, '');
  if (digits === 'nan') return Number.NaN;
  if (digits === 'inf') return negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (!/^0[xob]/i.test(digits) && /[.eE]/.test(digits)) return Number(token);
  const big = negative ? -BigInt(digits) : BigInt(digits);
  const small = Number(big);
  return Number.isSafeInteger(small) ? small : big;
}

/** A plain object when every key is a str (also `__proto__`), else a Map. */
export function dictionary(entries: readonly (readonly [unknown, unknown])[]): unknown {
  if (!entries.every(([key]) => typeof key === 'string')) return new Map(entries);
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key as string, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

interface Arguments {
  readonly values: readonly unknown[];
  readonly named: readonly (readonly [string, unknown])[];
}

/** The value of `Name(…)` for the classes whose repr tells what they hold. */
export function constructed(name: string, { values, named }: Arguments): { readonly value: unknown } | undefined {
  const [first, second] = values;
  if (named.length > 0) return values.length === 0 ? { value: dictionary(named) } : undefined;
  switch (name) {
    case 'set':
    case 'frozenset':
      return values.length === 0 ? { value: new Set() } : first instanceof Set ? { value: first } : undefined;
    case 'bytearray':
      return first instanceof Uint8Array ? { value: first } : undefined;
    case 'OrderedDict':
      return values.length === 0 ? { value: {} } : { value: first };
    case 'deque':
      return Array.isArray(first) ? { value: first } : undefined;
    case 'array':
      return { value: Array.isArray(second) ? second : [] };
    case 'float':
      return typeof first === 'string' && /^[+-]?(inf|nan)$/.test(first) ? { value: numberOf(first) } : undefined;
    default:
      return undefined;
  }
}
