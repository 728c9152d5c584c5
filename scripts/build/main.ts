/**
 * `pnpm build`: makes of each package what npm gets, in its `dist` folder. Inside the repository nothing uses it.
 * `pnpm build --pack=FOLDER` packs the packages there; `pnpm build --check` packs them aside and checks the tarballs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError } from './build-error.ts';
import { buildPackages } from './build-packages.ts';
import { checkTarball } from './check-tarball.ts';
import { packPackages } from './pack-packages.ts';

const { values } = parseArgs({ options: { pack: { type: 'string' }, check: { type: 'boolean' } } });

try {
  const packages = await buildPackages();
  if (values.pack !== undefined) {
    for (const { tarball } of await packPackages(packages, values.pack)) console.log(tarball);
  } else if (values.check) {
    const folder = await mkdtemp(join(tmpdir(), 'wirewrap-pack-'));
    try {
      const packed = await packPackages(packages, folder);
      const problems = (await Promise.all(packed.map(checkTarball))).flat();
      if (problems.length > 0) throw new BuildError(problems.join('\n'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  console.log(`Built ${packages.length} packages.`);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
