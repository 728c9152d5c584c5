import { ReplDriverError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { PythonReader } from './python-reader.ts';

/**
 * The JavaScript value of a Python literal as `repr` writes it.
 *
 * int -> number, or bigint beyond 2^53 - 1; float -> number; str -> string; bytes, bytearray -> Uint8Array; bool; None
 * -> null; tuple, list -> array; set, frozenset -> Set; dict -> plain object when every key is a str, else Map; `...` ->
 * `ELLIPSIS`; OrderedDict, deque and array come as what they hold, a namedtuple as an object.
 * Anything else (`<object …>`) fails with `BAD_VALUE`.
 *
 * @example parseLiteral("(1, 'two', None)"); // [1, 'two', null]
 */
export function parseLiteral(text: string): unknown {
  if (typeof text !== 'string')
    throw new ReplDriverError('BAD_VALUE', `A Python literal is text, but ${kindOf(text)} was given; give its repr.`);
  const reader = new PythonReader(text);
  const value = reader.value();
  reader.end();
  return value;
}

/**
 * As `parseLiteral`, but undefined for what is not a literal.
 *
 * @example
 * tryParseLiteral('True'); // { value: true }
 * tryParseLiteral('<module>'); // undefined
 */
export function tryParseLiteral(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: parseLiteral(text) };
  } catch (error) {
    if (error instanceof ReplDriverError) return undefined;
    throw error;
  }
}
