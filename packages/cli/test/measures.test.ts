import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { functionLengths } from '../../../scripts/measures/function-lengths.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

function checkoutOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'wirewrap-measures-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries({ 'vitest.config.ts': '', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function measures(...args: string[]) {
  const program = [join(root, 'packages/cli/bin/run.mjs'), join(root, 'scripts/measures/main.ts')];
  return spawnSync(process.execPath, [...program, ...args], { cwd: root, encoding: 'utf8' });
}

test.for<[text: string, lengths: number[]]>([
  ['const one = () => 1;\n', [1]],
  ['function two() {\n  return 2;\n}\n', [3]],
  ['class A {\n  #b(): void {\n  }\n  get c() {\n    return [1].map((d) => d);\n  }\n}\n', [2, 3, 1]],
  ['const text = `function no() {\n}`;\n// function no() {}\n', []],
])('lengths of the functions of %j', ([text, lengths]) => {
  expect(functionLengths(text)).toEqual(lengths);
});

test('a package is measured without its tests', () => {
  const checkout = checkoutOf({
    'packages/a/src/low/one.ts': "import { two } from '../high/two.ts';\nexport function one() {\n  return two;\n}\n",
    'packages/a/src/high/two.ts': "import '../low/one.ts';\nexport const two = 2;\nexport const nobody = 3;\n",
    'packages/a/src/high/two.test.ts': "import { one } from '../low/one.ts';\none();\n",
  });
  const json = join(checkout, 'measures.json');
  const { stdout, stderr } = measures(checkout, '--json', json);
  expect(stderr).toBe('');
  expect(stdout).toContain('| a | 2 | 7 | 1 | 3 | 3 | 3 | 2 | 1 | 1 |\n');
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual([
    {
      name: 'a',
      files: 2,
      lines: 7,
      functions: 1,
      medianLines: 3,
      p90Lines: 3,
      maxLines: 3,
      knottedFloors: 2,
      fileCircles: 1,
      unusedExports: 1,
    },
  ]);
});

test.for<[args: string[], sentence: string]>([
  [['/no/such/folder'], "measures: /no/such/folder holds no folder 'packages'; name a checkout.\n"],
  [['.', '.'], "measures: '.' is one too many; name one checkout.\n"],
  [['--jsno=x'], "measures: Unknown option '--jsno'; the options are --json.\n"],
])('%j is bad input', ([args, sentence]) => {
  const { status, stdout, stderr } = measures(...args);
  expect([status, stdout, stderr]).toEqual([2, '', sentence]);
});
