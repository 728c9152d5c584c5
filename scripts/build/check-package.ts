import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { builtPath, type Manifest, type WorkspacePackage } from './package-folder.ts';

type Exports = NonNullable<Manifest['publishConfig']>['exports'];

const imported = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)(["'`])([@#\w][^"'`\s,]*)\1/g;

/** Where a module of a built file would be alone (`keep-module-places.ts`). */
const MODULE_PLACE = /new URL\("([^"]+)", import\.meta\.url\)\.href/g;
/** A file beside it, as it is written in the code; a source is looked for in the workspace only. */
const BESIDE = /"(\.{1,2}\/[^"]*)"/g;

/** The files that a built module finds by its own URL and that are not there: a program to start, a page's style. */
function missingBeside(path: string, code: string): string[] {
  return code.split('\n').flatMap((line) => {
    const places = [...line.matchAll(MODULE_PLACE)].map(([, place = '']) => place);
    if (places.length === 0) return [];
    const folder = join(dirname(path), dirname(places.at(-1) ?? ''));
    const named = [...line.replace(MODULE_PLACE, '').matchAll(BESIDE)].map(([, file = '']) => file);
    return named.filter((file) => !file.endsWith('.ts') && !existsSync(join(folder, file)));
  });
}

/** What is untrue in a package.json, a sentence each. Looks at what was built. */
export async function checkPackage({ folder, manifest }: WorkspacePackage): Promise<string[]> {
  const { name, publishConfig } = manifest;
  const expected = publishedExports(manifest);
  const problems: string[] = [];
  if (!isDeepStrictEqual(publishConfig?.exports, expected)) {
    problems.push(`${name}: publishConfig.exports must be ${JSON.stringify(expected)}.`);
  }
  const declared = new Set([
    name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ]);
  const used = new Set<string>();
  for await (const path of glob(['dist/**/*.{js,mjs,d.ts}', 'bin/*.mjs'].map((pattern) => join(folder, pattern)))) {
    const code = withoutComments(await readFile(path, 'utf8'));
    for (const file of missingBeside(path, code)) {
      problems.push(
        `${name}: ${relative(folder, path)} finds ${file} by its own URL, which is not built; a process is called *-worker.ts.`,
      );
    }
    for (const [, , module = ''] of code.matchAll(imported)) {
      if (isBuiltin(module)) continue;
      const needed = packageOf(module);
      used.add(needed);
      if (!declared.has(needed)) {
        problems.push(`${name}: ${relative(folder, path)} imports ${needed}, which package.json does not declare.`);
      }
    }
  }
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    if (!used.has(dependency)) problems.push(`${name}: the dependency ${dependency} is not used.`);
  }
  return [...new Set(problems)];
}

/** What `exports` is once the package is packed: for each source file its declarations and its JavaScript. */
export function publishedExports({ exports }: Manifest): Exports {
  const rows = Object.entries(exports).map(([entry, target]) =>
    target.endsWith('.ts')
      ? ([entry, { types: builtPath(target, '.d.ts'), default: builtPath(target, '.js') }] as const)
      : ([entry, target] as const),
  );
  return Object.fromEntries(rows);
}

function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Documentation may show an import that the package itself does not make. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
