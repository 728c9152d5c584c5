import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectationOf, firstDifference, linesOf, unittestPassed } from './expectation.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-expectation-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.for([
  [['a', 'b'], ['a', 'b'], null],
  [['a', 'b'], ['a', 'c'], 'line 2 is "c" instead of "b"'],
  [['a', 'b'], ['a'], 'line 2 is nothing instead of "b"'],
  [['a'], ['a', 'b'], 'line 2 is "b" instead of nothing'],
  [[], ['Traceback (most recent call last):', '  File "x"', 'OSError: 5'], 'line 1 is "OSError: 5" instead of nothing'],
  [['a', '########', 'z'], ['a', 'b', 'c', 'z'], null],
  [['a', '########'], ['a', 'b', 'c'], null],
  [['a', '########', 'z'], ['a', 'b', 'y'], 'line 2 is "b" instead of "z"'],
] as const)('%j expected and %j printed: %s', ([expected, printed, difference]) => {
  expect(firstDifference(expected, printed)).toBe(difference);
});

test('unittest says in its last lines whether a test passed', () => {
  expect(unittestPassed(linesOf('0\nRan 2 tests\n\nOK\n'))).toBe(true);
  expect(unittestPassed(linesOf('FAIL x\nRan 2 tests\n\nFAILED (failures=1)\n'))).toBe(false);
  expect(unittestPassed(['OK'])).toBeNull();
});

describe('what a test shall print is', () => {
  const signal = new AbortController().signal;

  test('in its file', async () => {
    await writeFile(join(folder, 'with.py'), '');
    await writeFile(join(folder, 'with.py.exp'), 'one  \r\ntwo\n');
    expect(await expectationOf(join(folder, 'with.py'), signal)).toEqual({ lines: ['one', 'two'] });
  });

  test('what CPython prints, where it has no file; and where CPython fails nobody knows', async ({ skip }) => {
    await writeFile(join(folder, 'without.py'), 'print(6 * 7)\n');
    await writeFile(join(folder, 'fails.py'), 'import nowhere\n');
    const printed = await expectationOf(join(folder, 'without.py'), signal);
    if ('unknown' in printed && printed.unknown.includes('no python3')) skip('needs python3');
    expect(printed).toEqual({ lines: ['42'] });
    const failed = await expectationOf(join(folder, 'fails.py'), signal);
    expect(failed).toEqual({ unknown: expect.stringMatching(/CPython fails in it \(ModuleNotFoundError/) });
  });
});
