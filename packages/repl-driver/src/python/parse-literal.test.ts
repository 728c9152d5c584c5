import { describe, expect, test } from 'vitest';
import { ELLIPSIS } from './ellipsis.ts';
import { parseLiteral } from './parse-literal.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('the JavaScript value of a Python literal', () => {
  const table: [string, unknown][] = [
    ['0', 0],
    ['-17', -17],
    ['0x1f', 31],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740992', 9007199254740992n],
    ['-1208925819614629174706176', -(2n ** 80n)],
    ['1.0', 1],
    ['1e+100', 1e100],
    ['.5', 0.5],
    ['-0.0', -0],
    ['nan', Number.NaN],
    ['inf', Number.POSITIVE_INFINITY],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['True', true],
    ['False', false],
    ['None', null],
    ['Ellipsis', ELLIPSIS],
    ['...', ELLIPSIS],
    ["''", ''],
    ["'it\\'s'", "it's"],
    ['"it\'s"', "it's"],
    ["'\\xe9\\u4e00\\U0001f600\\n\\r\\t\\\\\\x00'", 'é一😀\n\r\t\\\0'],
    ["b''", bytes()],
    ["b'\\x80a\\n\\\\'", bytes(0x80, 97, 10, 92)],
    ["bytearray(b'a\\x04')", bytes(97, 4)],
    ['()', []],
    ['(1,)', [1]],
    ['(1, (2, 3))', [1, [2, 3]]],
    ['(1)', 1],
    ['[]', []],
    ['[1, [2, None]]', [1, [2, null]]],
    ['{}', {}],
    ["{'a': 1, 'b': {'c': []}}", { a: 1, b: { c: [] } }],
    [
      "{1: 2, 'a': 3}",
      new Map<unknown, unknown>([
        [1, 2],
        ['a', 3],
      ]),
    ],
    ['{1, 2}', new Set([1, 2])],
    ['set()', new Set()],
    ['frozenset({1})', new Set([1])],
    ['frozenset()', new Set()],
    ["OrderedDict({'a': 1})", { a: 1 }],
    ["P(a=1, b='x')", { a: 1, b: 'x' }],
    ["array('i', [1, 2])", [1, 2]],
  ];
  test.for(table)('%s', ([text, value]) => {
    expect(parseLiteral(text)).toStrictEqual(value);
  });

  test('a key named __proto__ stays a key', () => {
    const value = parseLiteral("{'__proto__': 1}") as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  const refused = [
    '',
    '1 2',
    '<object at 7f>',
    '2j',
    '(1+2j)',
    '[1',
    "'a",
    "b'é'",
    '{1: }',
    'foo',
    'foo(1)',
    '1_0',
    '--1',
    "'\\U00110000'",
  ];
  test.for(refused)('refuses %j', (text) => {
    expect(() => parseLiteral(text)).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
  });

  test('refuses nesting that would exhaust the stack', () => {
    expect(() => parseLiteral('['.repeat(100_000))).toThrow(/nesting/);
  });
});
