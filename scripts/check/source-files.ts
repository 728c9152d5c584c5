import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a package's `src`. */
export interface SourceFile {
  /** From the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file of the packages' `src` that is no test, and apart from them all others: tests, suites, scripts. */
export function repositoryFiles(repository: string): { readonly sources: SourceFile[]; readonly others: SourceFile[] } {
  const packages = readdirSync(join(repository, 'packages')).map((name) => `packages/${name}`);
  const folders = packages.flatMap((folder) =>
    ['src', 'test', 'suites', 'contract'].map((part) => `${folder}/${part}`),
  );
  const files = [...folders, 'scripts']
    .filter((folder) => existsSync(join(repository, folder)))
    .flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((path) => /\.m?ts$/.test(path) && !path.endsWith('.d.ts') && !path.includes('/node_modules/'))
    .concat('vitest.config.ts')
    .map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') }));
  const isSource = ({ path }: SourceFile): boolean => path.includes('/src/') && !path.endsWith('.test.ts');
  return { sources: files.filter(isSource), others: files.filter((file) => !isSource(file)) };
}

/** Where the pattern is in a file, as `path:line`. */
export function placesOf({ path, text }: SourceFile, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(({ index }) => `${path}:${text.slice(0, index).split('\n').length}`);
}
