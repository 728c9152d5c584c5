import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sharedBoardNames } from '../../../scripts/check/board-names.ts';
import { misspeltConstants } from '../../../scripts/check/constants.ts';
import { differingCopies } from '../../../scripts/check/copies.ts';
import { plainErrors, silentCatches } from '../../../scripts/check/errors.ts';
import { lintProgram } from '../../../scripts/check/lint-python.ts';
import { reachedClocks } from '../../../scripts/check/reaches.ts';
import { ambiguousTypes } from '../../../scripts/check/type-names.ts';
import { unusedExports } from '../../../scripts/check/unused-exports.ts';

const path = 'packages/cli/src/a.ts';

test.for([
  'try {\n  work();\n} catch {\n}',
  'await work().catch(() => null);',
  'await work().catch(\n  () => {},\n);',
  'void work().catch(async () => {});',
  'const is = await access(path).then(\n  () => true,\n  () => false,\n);',
])('an error that is swallowed without a word is a problem: %j', (text) => {
  expect(silentCatches({ path, text })).toEqual([
    expect.stringMatching(/^packages\/cli\/src\/a\.ts:\d swallows an error without a word; use ignored\(\)/),
  ]);
});

test.for([
  "await work().catch(ignored('working'));",
  'try {\n  work();\n} catch (error) {\n  debug(error);\n}',
  'const is = await work().then(() => true, instead(false, "working"));',
])('one that is named in the log is none: %j', (text) => {
  expect(silentCatches({ path, text })).toEqual([]);
});

test.for<[text: string, file: string]>([
  ["throw new Error('It failed.');", path],
  ["throw Error('It failed.');", path],
  ['class Mine extends Error {}', path],
])('a plain error is a problem: %j', ([text, file]) => {
  expect(plainErrors({ path: file, text })).toHaveLength(1);
});

test.for<[text: string, file: string]>([
  ["throw new CliError('HOST', 'It failed.');", path],
  ['export class CliError extends Error {}', 'packages/cli/src/errors.ts'],
])('an error of the package is none: %j', ([text, file]) => {
  expect(plainErrors({ path: file, text })).toEqual([]);
});

test.for([
  'const startedMs = performance.now();',
  'readonly #startedAt = new Date();',
  '  #id = randomUUID();',
  '  this.#id = randomBytes(6);',
  'return { endedAt: new Date().toISOString() };',
  'setTimeout(end, Math.random() * 100);',
  'function age(now = Date.now): number {\n  return Date.now() - made;\n}',
  'const age = (made: number): number => Date.now() - made;',
])('a clock or randomness that is not handed in is a problem: %j', (text) => {
  expect(reachedClocks({ path, text })).toEqual([
    expect.stringMatching(/^packages\/cli\/src\/a\.ts:\d asks the host's clock or randomness itself/),
  ]);
});

test.for<[text: string, file: string]>([
  ['constructor(now: () => number = () => performance.now()) {', path],
  ['export async function start(startedAt: Date = new Date()): Promise<void> {', path],
  ['function take(length: number, random = randomBytes): Buffer {\n  return random(length);\n}', path],
  ['  at: Date = new Date(2026, 0, 1),\n', path],
  ['/** A moment of `performance.now()`. */', path],
  ['await setClock(board, new Date());', 'packages/cli/src/commands/probe.ts'],
])('one that is handed in is none: %j', ([text, file]) => {
  expect(reachedClocks({ path: file, text })).toEqual([]);
});

test.for([
  ['a name that nobody gives', 'print(nothing)\n', 'F821'],
  ['an import that nobody uses', 'import sys\n', 'F401'],
  ['a variable that nobody reads', 'def f():\n    a = 1\n', 'F841'],
  ['an escape that is none', "print('\\d')\n", 'W605'],
  ['no Python at all', 'def f(:\n', 'invalid-syntax'],
] as const)('the linter for Python finds %s', ([, source, code]) => {
  const [first = ''] = lintProgram({ files: ['a.py', 'b.py'] }, ['print(1)\n', source]);
  expect(first).toMatch(new RegExp(`^b\\.py:[12]: ${code}`));
});

test('programs that share a namespace know each other and what the host gives', () => {
  const program = { files: ['a.py', 'b.py'], given: ['HOST'] };
  expect(lintProgram(program, ['def greet():\n    print(HOST)\n', 'greet()\n'])).toEqual([]);
});

test('a value that only its own file names is a problem, one that a test names is none', () => {
  const text = 'export const mine = 1;\nexport function used() {\n  return mine;\n}\nexport interface Shape {}\n';
  const user = { path: 'packages/cli/test/b.test.ts', text: "import { used } from '../src/a.ts';" };
  expect(unusedExports([{ path, text }], [user])).toEqual([
    `${path} exports mine, and no other file names it; do not export it.`,
  ]);
});

test.for([
  'const pauseMs = 100;',
  "export const kinds: readonly string[] = ['tcp'];",
  'const ENCODE = (text: string) => text;',
  'const pattern = /^a/;',
  "const SILENT = new Set();\nconst silent = new Set(['DEADLINE']);",
])('a constant in the wrong case is a problem: %j', (text) => {
  expect(misspeltConstants({ path, text })).toEqual([expect.stringMatching(/^packages\/cli\/src\/a\.ts:\d names a /)]);
});

test.for([
  'const PAUSE_MS = 100;',
  'const encode = (text: string) => text;',
  'const cache = new Map<string, number>();',
  'function f() {\n  const pauseMs = 100;\n}',
  'export const ContentType = { alert: 21 } as const;',
])('one in the right case is none: %j', (text) => {
  expect(misspeltConstants({ path, text })).toEqual([]);
});

test('two files that export a type of one name are a problem, a type that one keeps to itself is none', () => {
  const own = { path: 'packages/cli/src/b.ts', text: 'interface Finding {}\n' };
  const one = { path, text: 'export interface Finding {}\n' };
  const two = { path: 'packages/conformance/src/finding.ts', text: 'export class Finding {}\n' };
  expect(ambiguousTypes([one, own])).toEqual([]);
  expect(ambiguousTypes([one, own, two])).toEqual([
    'packages/cli/src/a.ts and packages/conformance/src/finding.ts export a type Finding each; name them apart.',
  ]);
});

test('two programs that define one name on the board are a problem', () => {
  const program = { path: 'packages/a/src/a.py', text: 'def _wwa(s):\n    _wwb(s)\n\n\ndef _wwe(s):\n    pass\n' };
  const other = { path: 'packages/b/src/b.ts', text: 'const source = py`\ndef _wwe(n):\n    return n\n`;' };
  expect(sharedBoardNames([program, other])).toEqual([
    'packages/a/src/a.py:5 and packages/b/src/b.ts:2 both define _wwe on the board; give one of them another name.',
  ]);
  expect(sharedBoardNames([program])).toEqual([]);
});

test('a copy that was edited is a problem, one that was not is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copies-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const copies = [['a.ts', 'b.ts', 'c.ts']];
  for (const name of ['a.ts', 'b.ts', 'c.ts']) writeFileSync(join(folder, name), 'one\n');
  expect(differingCopies(folder, copies)).toEqual([]);
  writeFileSync(join(folder, 'c.ts'), 'two\n');
  expect(differingCopies(folder, copies)).toEqual([
    'c.ts differs from a.ts, of which it is a copy; copy that file again.',
  ]);
});
