import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { entriesOf, type WorkspacePackage } from './workspace-package.ts';

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
    input: [...entriesOf(each), ...programsOf(each)],
    platform: 'node',
    external: (id) => /^[^./]/.test(id) && !id.startsWith(helpers),
    logLevel: 'warn',
    transform: { target, inject: { AsyncDisposableStack: [disposableStacks, 'AsyncDisposableStack'] } },
    treeshake: false,
  });
  await build.write({
    dir: join(folder, 'dist'),
    format: 'esm',
    preserveModules: true,
    preserveModulesRoot: join(folder, 'src'),
    entryFileNames: '[name].js',
    sourcemap: true,
  });
  await build.close();
}

/** Source files that are started, not imported: `src/main.ts`, where a package has a command. */
function programsOf({ folder, manifest }: WorkspacePackage): string[] {
  return manifest.bin !== undefined && existsSync(join(folder, 'src/main.ts')) ? ['./src/main.ts'] : [];
}
