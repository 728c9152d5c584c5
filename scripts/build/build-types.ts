import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { isolatedDeclaration } from 'rolldown/experimental';
import { BuildError } from './build-error.ts';
import { builtPath, entriesOf, repository, type WorkspacePackage } from './package-folder.ts';

/** A path to a module of the same package: `'./case.ts'`. */
const ownModule = /(['"])(\.{1,2}\/[^'"]+)\.ts\1/g;

/**
 * Declarations of all packages: of each package those that its entries reach go to `dist`. Each is made of its own source
 * file alone (`isolatedDeclarations`), so that nothing is type-checked here: `tsc` in the check does that.
 */
export async function buildTypes(packages: readonly WorkspacePackage[]): Promise<void> {
  for (const each of packages) {
    const made = new Set<string>();
    for (const entry of entriesOf(each)) await declare(entry, each.folder, made);
  }
}

/** Writes the declarations of one source file (`./src/a.ts`) and of those that they import. */
async function declare(source: string, folder: string, made: Set<string>): Promise<void> {
  if (made.has(source)) return;
  made.add(source);
  const path = join(folder, source);
  const { code, errors } = await isolatedDeclaration(path, await readFile(path, 'utf8'), { stripInternal: true });
  if (errors.length > 0) {
    const where = relative(repository, path);
    throw new BuildError(
      `${where} has exports without types:\n${errors.map(({ message, codeframe }) => codeframe ?? message).join('\n')}`,
    );
  }
  const target = join(folder, builtPath(source, '.d.ts'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(
    target,
    code.replaceAll(ownModule, (_, quote: string, module: string) => `${quote}${module}.js${quote}`),
  );
  for (const [, , module = ''] of code.matchAll(ownModule)) {
    const reached = `./${join(dirname(source), `${module}.ts`)}`;
    if (existsSync(join(folder, reached))) await declare(reached, folder, made);
  }
}
