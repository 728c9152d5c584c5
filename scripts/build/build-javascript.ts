import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { keepModulePlaces } from './keep-module-places.ts';
import { builtPath, entriesOf, type WorkspacePackage } from './package-folder.ts';

/** The oldest Node that the packages run on. */
const target = 'node22.12';

/** Node 22 has `Symbol.asyncDispose` and no stacks; this package hands out Node's own where there is one. */
const disposableStacks = '@whatwg-node/disposablestack';

/** What lowered syntax calls; it becomes part of the package. */
const helpers = '@oxc-project/runtime/';

/**
 * The modules that a package's entries reach, one file for each source file, so that what a module finds by its own URL
 * stays where it is. `await using` becomes what Node 22.12 runs.
 */
export async function buildJavaScript(each: WorkspacePackage): Promise<void> {
  const { folder } = each;
  const build = await rolldown({
    cwd: folder,
    input: Object.fromEntries(sourcesOf(each).map((path) => [nameOf(path), path])),
    platform: 'node',
    external: (id) => /^[^./]/.test(id) && !id.startsWith(helpers),
    logLevel: 'warn',
    transform: { target, inject: { AsyncDisposableStack: [disposableStacks, 'AsyncDisposableStack'] } },
    treeshake: false,
    plugins: [keepModulePlaces(join(folder, 'src'))],
  });
  await build.write({
    dir: join(folder, 'dist'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: true,
  });
  await build.close();
}

function sourcesOf(each: WorkspacePackage): string[] {
  return [...entriesOf(each), ...programsOf(each), ...suitesOf(each)];
}

/** `./src/report/index.ts` is built as `report/index`, `./suites/book.test.ts` as `suites/book.test`. */
function nameOf(source: string): string {
  return builtPath(source, '').replace(/^\.\/(dist\/)?/, '');
}

/** Source files that are started, not imported: `src/main.ts`, where a package has a command, and processes of its own. */
function programsOf({ folder, manifest }: WorkspacePackage): string[] {
  const processes = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('-worker.ts'))
    .map((path) => `./src/${path}`);
  const command = manifest.bin !== undefined && existsSync(join(folder, 'src/main.ts')) ? ['./src/main.ts'] : [];
  return [...command, ...processes];
}

/** Test files that users run: `suites/book.test.ts`, which becomes `dist/suites/book.test.js`. */
function suitesOf({ folder }: WorkspacePackage): string[] {
  const suites = join(folder, 'suites');
  return existsSync(suites) ? readdirSync(suites).map((name) => `./suites/${name}`) : [];
}
