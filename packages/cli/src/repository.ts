import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const VITEST_CONFIGS = ['vitest', 'vite'].flatMap((tool) =>
  ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((extension) => `${tool}.config.${extension}`),
);

/** The checkout of Wirewrap that this file lies in; null where the command was installed as a package. */
const checkout = findCheckout(fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, ''));

/**
 * The project that a command works for: its vitest configuration, its `wirewrap.config.ts`, its `results/`. Within the
 * checkout, and where there is no project, that is the checkout; elsewhere the user's own.
 */
export const workspaceRoot: string = projectRootOf(process.cwd());

/** Whether the project is a user's own: its tests are all that there is to run, whatever its projects are called. */
export const isOwnProject: boolean = workspaceRoot !== checkout;

/** Where records and reports go: `results/` at the root of the project, or WIREWRAP_RESULTS. */
export const resultsFolder: string = resolve(process.env.WIREWRAP_RESULTS || join(workspaceRoot, 'results'));

function findCheckout(folder: string): string | null {
  return existsSync(join(folder, 'pnpm-workspace.yaml')) && existsSync(join(folder, 'packages/cli')) ? folder : null;
}

function projectRootOf(folder: string): string {
  if (checkout !== null && !relative(checkout, folder).startsWith('..')) return checkout;
  const above = [...foldersAbove(folder)];
  const holding = (names: readonly string[]): string | undefined =>
    above.find((each) => names.some((name) => existsSync(join(each, name))));
  return holding(VITEST_CONFIGS) ?? holding(['package.json']) ?? checkout ?? folder;
}

function* foldersAbove(folder: string): Generator<string> {
  yield folder;
  const parent = dirname(folder);
  if (parent !== folder) yield* foldersAbove(parent);
}
