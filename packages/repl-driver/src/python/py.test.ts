import { describe, expect, test } from 'vitest';
import { py } from './py.ts';
import { isPythonSource } from './python-source.ts';

describe('py', () => {
  test('encodes values, so that nothing in them becomes code', () => {
    expect(py`print(${"'); import os #"}, ${[1n, null, true]})`.source).toBe(
      "print('\\'); import os #', [1, None, True])",
    );
  });

  test('inserts fragments of py as code, and nothing that only looks like one', () => {
    const inner = py`x + ${1}`;
    expect(py`y = ${inner}`.source).toBe('y = x + 1');
    expect(py`y = ${{ source: 'boom()' }}`.source).toBe("y = {'source': 'boom()'}");
    expect(isPythonSource({ source: 'boom()' })).toBe(false);
  });

  test("keeps Python's backslashes", () => {
    expect(py`print('a\nb')`.source).toBe("print('a\\nb')");
  });

  test('removes the margin that all lines share', () => {
    const source = py`
      def f():
        return ${1}
    `.source;
    expect(source.trimEnd()).toBe('\ndef f():\n  return 1');
  });

  test('indents a fragment of several lines that stands alone', () => {
    const body = py`a = 1\nb = 2`;
    const twoLines = py`
a = 1
b = 2`;
    expect(body.source).toBe('a = 1\\nb = 2');
    expect(
      py`
      def f():
        ${twoLines}`.source,
    ).toBe('\ndef f():\n  \n  a = 1\n  b = 2');
  });

  test('knows where it stands', () => {
    const { origin } = py`1`;
    expect(origin?.file).toMatch(/py\.test\.ts$/);
    expect(origin?.line).toBeGreaterThan(30);
  });

  const refused: [string, unknown][] = [
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a Date', new Date(0)],
    ['half a surrogate pair', '\ud800'],
  ];
  test.for(refused)('refuses %s', ([, value]) => {
    expect(() => py`${value}`).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
  });

  test('refuses a value that contains itself', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => py`${loop}`).toThrow(/contains itself/);
  });
});
