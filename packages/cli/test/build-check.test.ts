import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { checkPackage } from '../../../scripts/build/check-package.ts';
import { checkTarball } from '../../../scripts/build/check-tarball.ts';
import type { Manifest } from '../../../scripts/build/package-folder.ts';

const good = {
  name: 'sample',
  version: '1.0.0',
  license: 'MIT',
  type: 'module',
  files: ['dist'],
  exports: { '.': './src/index.ts' },
  publishConfig: { exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } } },
  dependencies: { execa: '^10.0.0' },
} satisfies Manifest & Record<string, unknown>;

const built = {
  'dist/index.js': "import { execa } from 'execa';\nimport 'node:fs';\nexport const answer = execa;\n",
  'dist/index.d.ts': 'export declare const answer: unknown;\n',
};

async function packageWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-build-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

test.for<[string, Partial<Manifest>, Record<string, string>, string[]]>([
  ['nothing', {}, {}, []],
  [
    'an import that package.json does not declare',
    {},
    { 'dist/lazy.js': "const { parse } = await import('yaml');" },
    ['sample: dist/lazy.js imports yaml, which package.json does not declare.'],
  ],
  [
    'a type of a package that package.json does not declare',
    {},
    { 'dist/types.d.ts': "export declare function read(): import('vitest/node').Reporter;" },
    ['sample: dist/types.d.ts imports vitest, which package.json does not declare.'],
  ],
  [
    'a process that is started and was not built',
    {},
    {
      'dist/chunks/a.js':
        'spawn(new URL(new URL("../lab/guard.js", import.meta.url).href.endsWith(".js") ? "./guard-process.js" : "./guard-process.ts", new URL("../lab/guard.js", import.meta.url).href));',
    },
    [
      'sample: dist/chunks/a.js finds ./guard-process.js by its own URL, which is not built; a process is called *-worker.ts.',
    ],
  ],
  [
    'no process that is there',
    {},
    {
      'dist/chunks/a.js': 'spawn(new URL("./guard-worker.js", new URL("../lab/guard.js", import.meta.url).href));',
      'dist/lab/guard-worker.js': '',
    },
    [],
  ],
  [
    'a dependency that nothing imports',
    { dependencies: { execa: '^10.0.0', yaml: '^2.0.0' } },
    {},
    ['sample: the dependency yaml is not used.'],
  ],
  [
    'an entry that is not published',
    { exports: { '.': './src/index.ts', './more': './src/more.ts' } },
    {},
    [
      'sample: publishConfig.exports must be {".":{"types":"./dist/index.d.ts","default":"./dist/index.js"},' +
        '"./more":{"types":"./dist/more.d.ts","default":"./dist/more.js"}}.',
    ],
  ],
])('the check of a package finds %s', async ([, manifest, files, problems]) => {
  const folder = await packageWith({ ...built, ...files });
  expect(await checkPackage({ folder, manifest: { ...good, ...manifest } })).toEqual(problems);
});

async function tarballOf(files: Readonly<Record<string, string>>, exports: unknown): Promise<string> {
  const folder = await packageWith({ ...files, 'package.json': JSON.stringify({ ...good, exports }) });
  await execa('npm', ['pack', '--silent'], { cwd: folder });
  return join(folder, 'sample-1.0.0.tgz');
}

const { exports } = good.publishConfig;

test('the check of a tarball finds nothing in a good one', async () => {
  expect(await checkTarball({ name: 'sample', tarball: await tarballOf(built, exports) })).toEqual([]);
});

test.for([
  ['a file that is not there', { 'dist/index.d.ts': built['dist/index.d.ts'] }, exports],
  ['missing types', { 'dist/index.js': built['dist/index.js'] }, { '.': './dist/index.js' }],
  ['types of a module that does not exist', { ...built, 'dist/index.d.ts': "export * from './gone.js';" }, exports],
] as const)('the check of a tarball finds %s', async ([, files, entries]) => {
  expect(await checkTarball({ name: 'sample', tarball: await tarballOf(files, entries) })).not.toEqual([]);
});
