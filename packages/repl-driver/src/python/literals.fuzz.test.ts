import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReplDriverError } from '../errors.ts';
import { encodeValue } from './encode.ts';
import { parseLiteral } from './parse-literal.ts';
import { encodePythonText } from './text.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);

const leaf = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt().filter((value) => !Number.isSafeInteger(Number(value))),
  fc.double().filter((value) => !Number.isInteger(value) || Object.is(value, -0)),
  fc.string({ unit: 'binary' }),
  fc.uint8Array(),
  fc.boolean(),
  fc.constant(null),
);
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('list'), tie('dict'), tie('map'), tie('set')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  dict: fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  map: fc
    .array(fc.tuple(fc.integer(), tie('value')), { minLength: 1, maxLength: 4 })
    .map((entries) => new Map(entries)),
  set: fc.array(fc.integer(), { maxLength: 4 }).map((items) => new Set(items)),
}));

test('a value that is encoded and parsed is the same value', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(parseLiteral(encodeValue(value))).toEqual(value);
    }),
    { numRuns },
  );
});

test('an encoded value is printable ASCII on one line', () => {
  fc.assert(
    fc.property(anyValue, (value) => /^[\x20-\x7e]*$/.test(encodeValue(value))),
    { numRuns },
  );
});

test('any text is parsed or refused, never more', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'\'"\\b()[]{},:.0x1ej_ Nanifr') }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parseLiteral(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ReplDriverError);
      }
    }),
    { numRuns },
  );
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the bytes
const ACTED_ON = /[\0-\x08\x0b-\x1f\x7f]/;

test('source as a Python string holds no byte that the REPL acts on', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => !ACTED_ON.test(encodePythonText(text))),
    { numRuns },
  );
});
