import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { repository, type WorkspacePackage } from './package-folder.ts';

const run = promisify(execFile);

/** A package as npm gets it. */
export interface PackedPackage {
  readonly name: string;
  readonly tarball: string;
}

/** Packs the built packages with pnpm, which puts `publishConfig` and the versions of our own packages in place. */
export async function packPackages(packages: readonly WorkspacePackage[], folder: string): Promise<PackedPackage[]> {
  const into = resolve(folder);
  await mkdir(into, { recursive: true });
  await run('pnpm', ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', into], {
    cwd: repository,
    maxBuffer: 1 << 26,
  });
  return packages.map(({ manifest: { name, version } }) => ({
    name,
    tarball: join(into, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`),
  }));
}
