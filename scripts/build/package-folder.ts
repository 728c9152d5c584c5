import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository: string = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/** The part of a package.json that the build reads. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: {
    readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
    readonly bin?: Readonly<Record<string, string>>;
  };
}

/** A package of this workspace. */
export interface WorkspacePackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Every package of the workspace, by the name of its folder. */
export function workspacePackages(): WorkspacePackage[] {
  const packages = join(repository, 'packages');
  return readdirSync(packages)
    .toSorted()
    .map((name) => join(packages, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }));
}

/** The TypeScript files that `exports` names, relative to the package: `./src/index.ts`. */
export function entriesOf({ manifest }: WorkspacePackage): string[] {
  return Object.values(manifest.exports).filter((target) => target.startsWith('./src/') && target.endsWith('.ts'));
}

/** Where the build puts what it makes of a source file: `./src/a/b.ts` becomes `./dist/a/b.js` or `./dist/a/b.d.ts`. */
export function builtPath(source: string, extension: '.js' | '.d.ts' | ''): string {
  return source.replace('./src/', './dist/').replace(/\.ts$/, extension);
}
