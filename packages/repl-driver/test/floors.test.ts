import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { checkFloors } from '../../../scripts/floors.ts';

const FLOORS = [
  'kind-of',
  'debug-log',
  'debug',
  'make-folder',
  'write-whole',
  'errors',
  'time',
  'rfc2217',
  'transport',
  'line',
  'panic',
  'repl',
  'python',
  'agent',
  'recovery',
  'session',
  'files',
  'record',
  'board',
  'basics',
  'panics',
];

test('each folder of the driver imports only the floors below it', () => {
  expect(checkFloors(fileURLToPath(new URL('..', import.meta.url)), FLOORS)).toEqual([]);
});

function packageOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'floors-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, 'src', path, '..'), { recursive: true });
    writeFileSync(join(folder, 'src', path), text);
  }
  return folder;
}

test.for([
  [
    'an import that points up',
    { 'low/a.ts': "import { b } from '../high/b.ts';", 'high/b.ts': '' },
    ['low/a.ts imports high/b.ts, which is above it.'],
  ],
  [
    'a type that points up',
    { 'low/a.ts': "export type { B } from '../high/b.ts';", 'high/b.ts': '' },
    ['low/a.ts imports high/b.ts, which is above it.'],
  ],
  [
    'an import at run time that points up',
    { 'low/a.ts': "const { b } = await import('../high/b.ts');", 'high/b.ts': '' },
    ['low/a.ts imports high/b.ts, which is above it.'],
  ],
  [
    'a circle of folders',
    {
      'low/a.ts': "import { b } from '../high/b.ts';",
      'high/b.ts': '',
      'high/c.ts': "import { a } from '../low/a.ts';",
    },
    ['low/a.ts imports high/b.ts, which is above it.', 'These folders import each other in a circle: high, low.'],
  ],
  [
    'a circle of files',
    { 'low/a.ts': "import { b } from './b.ts';", 'low/b.ts': "import './a.ts';", 'high/c.ts': '' },
    ['These files import each other in a circle: low/a.ts, low/b.ts.'],
  ],
  [
    'a folder without a floor',
    { 'low/a.ts': '', 'high/b.ts': '', 'other/c.ts': '' },
    ['other is on no floor; add it to the list.'],
  ],
  ['a floor without a folder', { 'low/a.ts': '' }, ['The floor high is neither a folder nor a file.']],
  [
    'order that is kept',
    { 'low/a.ts': '', 'high/b.ts': "import '../low/a.ts';", 'index.ts': "export * from './high/b.ts';" },
    [],
  ],
] as const)('%s', ([, files, problems]) => {
  expect(checkFloors(packageOf(files), ['low', 'high'])).toEqual(problems);
});
