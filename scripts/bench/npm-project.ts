import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PackedPackage } from '../build/pack-packages.ts';

const execute = promisify(execFile);

/** Makes a project outside the workspace and installs packages with npm: ours from their tarballs, others from the registry. */
export async function npmProject(
  folder: string,
  packages: readonly string[],
  packed: readonly PackedPackage[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const overrides = Object.fromEntries(
    packed.filter(({ name }) => !packages.includes(name)).map(({ name, tarball }) => [name, `file:${tarball}`]),
  );
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', overrides }));
  const wanted = packages.map((name) => packed.find((each) => each.name === name)?.tarball ?? name);
  await execute('npm', ['install', '--no-audit', '--no-fund', ...wanted], { cwd: folder });
}
