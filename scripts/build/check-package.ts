import { glob, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { builtPath, type Manifest, type WorkspacePackage } from './workspace-package.ts';

type Exports = NonNullable<Manifest['publishConfig']>['exports'];

const imported = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)(["'`])([^."'`\s$][^"'`]*)\1/g;

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
