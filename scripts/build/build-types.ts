import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { BuildError } from './build-error.ts';
import { builtPath, entriesOf, repository, type WorkspacePackage } from './workspace-package.ts';

const run = promisify(execFile);

/** A path to a module of the same package: `'./case.ts'`. */
const ownModule = /(['"])(\.{1,2}\/[^'"]+)\.ts\1/g;

/**
 * Declarations for all packages, made by one run of tsc. Of each package those that its entries reach go to `dist`.
 *
 * tsc and not `isolatedDeclarations`: the tables of profiles, claims and faults take their names from `as const`, and
 * would have to repeat each name in a type.
 */
export async function buildTypes(packages: readonly WorkspacePackage[]): Promise<void> {
  const declarations = await mkdtemp(join(tmpdir(), 'wirewrap-types-'));
  try {
    await emitDeclarations(declarations);
    for (const each of packages) {
      const from = join(declarations, relative(repository, each.folder));
      for (const entry of entriesOf(each)) await copyReached(builtPath(entry, '.d.ts'), from, each.folder, new Set());
    }
  } finally {
    await rm(declarations, { recursive: true, force: true });
  }
}

async function emitDeclarations(outDir: string): Promise<void> {
  const tsc = join(repository, 'node_modules/.bin/tsc');
  const options = ['--declaration', '--emitDeclarationOnly', '--noEmit', 'false', '--outDir', outDir];
  try {
    await run(tsc, ['-p', 'scripts/build/tsconfig.json', ...options], { cwd: repository });
  } catch (error) {
    const { stdout } = error as { stdout: string };
    throw new BuildError(`The declarations cannot be made:\n${stdout}`, { cause: error });
  }
}

/** Copies one declaration file (`./dist/a.d.ts`, made of `src/a.ts`) and those that it imports. */
async function copyReached(path: string, from: string, folder: string, copied: Set<string>): Promise<void> {
  if (copied.has(path)) return;
  copied.add(path);
  const made = join(from, path.replace(/^\.\/dist\//, 'src/'));
  const text = await readFile(made, 'utf8');
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(
    target,
    text.replaceAll(ownModule, (_, quote: string, module: string) => `${quote}${module}.js${quote}`),
  );
  for (const [, , module = ''] of text.matchAll(ownModule)) {
    const reached = `./${join(dirname(path), `${module}.d.ts`)}`;
    if (existsSync(join(from, reached.replace(/^\.\/dist\//, 'src/')))) {
      await copyReached(reached, from, folder, copied);
    }
  }
}
