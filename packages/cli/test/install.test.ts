import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPackages } from '../../../scripts/build/build-packages.ts';
import { type PackedPackage, packPackages } from '../../../scripts/build/pack-packages.ts';
import { InstalledProject, nodeOfVersion, type PackageManager, readmeSnippet } from './installed-project.ts';

// The packages as npm gets them, used as a user uses them: outside the workspace, from their tarballs. Takes minutes.

const nodeVersions = ['22.12', '24', 'latest'] as const;

/** What the first snippet of a package's README prints. */
const snippets = [
  { folder: 'repl-driver', prints: /^hello\n\n\{ sum: 6 \}$/ },
  { folder: 'certgen', prints: /^board\.test was valid until .* GMT; the key has 138 bytes, its issuer \d+$/ },
  { folder: 'tls-lab', prints: /^TLSv1\.2 board\.test true$/ },
  { folder: 'virtual-board', prints: /^a MicroPython board at \/dev\/pts\/\d+$/ },
  { folder: 'boards', prints: /^virtual: .+$/ },
  { folder: 'conformance', prints: /^(.+ \((book|documentation)\): .+\n?){3}$/ },
] as const;

/** Each package whose snippet needs no other, with nothing else in the project. */
const alone = ['@wirewrap/repl-driver', '@wirewrap/certgen', '@wirewrap/tls-lab'] as const;

const everyEntry = `
export * as boards from '@wirewrap/boards';
export * as certgen from '@wirewrap/certgen';
export * as conformance from '@wirewrap/conformance';
export * as matchers from '@wirewrap/matchers';
export * as driver from '@wirewrap/repl-driver';
export * as lab from '@wirewrap/tls-lab';
export * as virtual from '@wirewrap/virtual-board';
export * as cli from 'wirewrap';
export * as report from 'wirewrap/report';
export * as plugin from 'wirewrap/vitest';
`;

const strictest = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

const tscSettings = {
  nodenext: { ...strictest, module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { ...strictest, module: 'esnext', moduleResolution: 'bundler' },
} as const;

const folder = await mkdtemp(join(tmpdir(), 'wirewrap-tarballs-'));
const nodes = new Map<string, string>();
let packed: PackedPackage[];

beforeAll(async () => {
  packed = await packPackages(await buildPackages(), folder);
  for (const version of nodeVersions) nodes.set(version, await nodeOfVersion(version));
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function nodeFor(version: string): string {
  return nodes.get(version) ?? '';
}

describe.for(['npm', 'pnpm'] satisfies PackageManager[])('installed with %s', { timeout: 180_000 }, (manager) => {
  let project: InstalledProject;
  beforeAll(async () => {
    project = await InstalledProject.create(manager, packed);
    for (const { folder } of snippets) await project.write(`${folder}.mjs`, await readmeSnippet(folder, 'js'));
    await project.write('first.test.ts', await readmeSnippet('matchers', 'ts'));
    await project.write('every-entry.ts', everyEntry);
    for (const [name, compilerOptions] of Object.entries(tscSettings)) {
      await project.write(`tsconfig.${name}.json`, JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    }
  }, 300_000);
  afterAll(() => project?.[Symbol.asyncDispose]());

  describe.for(nodeVersions)('on Node %s', { timeout: 180_000 }, (version) => {
    test.for(snippets)('the snippet of $folder runs', async ({ folder, prints }) => {
      await using board = folder === 'repl-driver' ? await startVirtualBoard() : null;
      const { all, exitCode } = await project.run(nodeFor(version), `${folder}.mjs`, ...(board ? [board.path] : []));
      expect(all).toMatch(prints);
      expect(exitCode).toBe(0);
    });

    test("vitest runs the matchers' snippet on the virtual board", async () => {
      const { all, exitCode } = await project.run(
        nodeFor(version),
        'node_modules/vitest/vitest.mjs',
        'run',
        'first.test.ts',
      );
      expect(all).toMatch(/Tests .*1 passed/);
      expect(exitCode).toBe(0);
    });

    test('the command explains, examines and tests', async () => {
      const wirewrap = (...args: string[]) =>
        project.run(nodeFor(version), 'node_modules/wirewrap/bin/wirewrap-built.mjs', ...args);
      const [, firstCommand = ''] = /^npx wirewrap (.+)$/m.exec(await readmeSnippet('cli', 'sh')) ?? [];
      const explained = await wirewrap(...firstCommand.split(' '));
      expect(explained.all).toMatch(/^expired \(basic, presented by a server\)$/m);
      expect(explained).toMatchObject({ exitCode: 0, stderr: '' });
      const doctor = await wirewrap('doctor', '--board=virtual');
      expect(doctor.all).toMatch(/MicroPython/);
      expect(doctor.exitCode).toBe(0);
      const tested = await wirewrap('test', 'first.test.ts');
      expect(tested.all.trimEnd().split('\n').at(-1)).toBe('1 passed, 0 failed, 0 skipped');
      expect(tested.exitCode).toBe(0);
    });

    test('the suites run from the package, beside the tests of the project or alone', async () => {
      const wirewrap = (...args: string[]) =>
        project.run(nodeFor(version), 'node_modules/wirewrap/bin/wirewrap-built.mjs', 'test', ...args);
      const alone = await wirewrap('--claim=book/one-function');
      expect(alone.all).toMatch(/^Record: results\/virtual\/.*Z\.json$/m);
      expect(alone.all.trimEnd().split('\n').at(-1)).toMatch(/^2 passed, 0 failed, \d+ skipped$/);
      expect(alone.exitCode).toBe(0);
      const beside = await wirewrap('--suites', 'first.test.ts', 'suites/book.test');
      expect(beside.all.replaceAll(/\s+/g, ' ')).toContain(" cases and 1 test of one's own (book.test.js).");
      expect(beside.exitCode).toBe(0);
      // The process of each board is a file of the package that nothing imports.
      const shared = await wirewrap('--board=virtual', '--board=virtual', '--split', '--claim=book/one-function');
      expect(shared.all.replaceAll(/\s+/g, ' ')).toContain('shared by 2 boards (virtual ');
      expect(shared.exitCode).toBe(0);
    });

    test('init sets a project up whose plain vitest leaves record and page', async () => {
      const starter = `starter-${version}`;
      const wirewrap = (...args: string[]) =>
        project.run(nodeFor(version), 'node_modules/wirewrap/bin/wirewrap-built.mjs', ...args);
      expect(await wirewrap('init', starter)).toMatchObject({ exitCode: 0, stderr: '' });
      const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--root', starter];
      const { all, exitCode } = await project.run(nodeFor(version), ...vitest);
      expect(all).toMatch(/Tests .*2 passed/);
      expect(exitCode).toBe(0);
      const { observations } = JSON.parse(await project.read('results/latest.json'));
      expect(observations).toMatchObject([
        { case: 'own/the board refuses an expired certificate when it is told to check', value: { end: 'fails' } },
        { case: 'own/with default arguments it trusts anything', value: { end: 'completes' } },
      ]);
      expect(dataOf(await project.read('results/report.html'))).toContain(
        'own/with default arguments it trusts anything',
      );
      expect(await wirewrap('report', '--out=again.html')).toMatchObject({ exitCode: 0, stderr: '' });
      expect(dataOf(await project.read('again.html'))).toContain('own/with default arguments it trusts anything');
    });
  });

  test.for(['nodenext', 'bundler'] as const)('tsc finds no error, with moduleResolution %s', async (resolution) => {
    const tsc = ['node_modules/typescript/bin/tsc', '-p', `tsconfig.${resolution}.json`];
    expect(await project.run(nodeFor('24'), ...tsc)).toMatchObject({ all: '', exitCode: 0 });
  });
});

/** What a page of a run holds for its script. */
function dataOf(html: string): string {
  const data = /<script type="application\/gzip" id="data">([^<]*)</.exec(html)?.[1] ?? '';
  return gunzipSync(Buffer.from(data, 'base64')).toString('utf8');
}

test.for(alone)('%s runs with nothing else in the project', { timeout: 180_000 }, async (name) => {
  await using project = await InstalledProject.create('pnpm', packed, [name], {});
  await project.write('import.mjs', `console.log(Object.keys(await import('${name}')).length > 3);`);
  expect(await project.run(nodeFor('22.12'), 'import.mjs')).toMatchObject({ all: 'true', exitCode: 0 });
  expect(await readdir(join(project.folder, 'node_modules/@wirewrap'))).toEqual([name.replace('@wirewrap/', '')]);
});

test('a tarball holds what was built, and neither sources, tests nor fixtures', async () => {
  const { execa } = await import('execa');
  for (const { tarball } of packed) {
    const { stdout } = await execa('tar', ['-tzf', tarball]);
    const files = stdout.split('\n').map((path) => path.replace(/^package\//, ''));
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
    );
    const tests = files.filter((path) => /\.test\.\w+$|^(src|test|fixtures)\//.test(path));
    // The suites are tests that a user runs.
    expect(tests.filter((path) => !/^dist\/suites\/[a-z]+\.test\.js$/.test(path))).toEqual([]);
  }
});
