import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from './build-error.ts';
import { buildJavaScript } from './build-javascript.ts';
import { buildTypes } from './build-types.ts';
import { bundlePageScript } from './bundle-page-script.ts';
import { checkPackage } from './check-package.ts';
import { copyAssets } from './copy-assets.ts';
import { type WorkspacePackage, workspacePackages } from './package-folder.ts';

/** Makes the `dist` folder of every package, and ends with an error where a package.json is not true. */
export async function buildPackages(): Promise<WorkspacePackage[]> {
  const packages = workspacePackages();
  for (const each of packages) {
    await rm(join(each.folder, 'dist'), { recursive: true, force: true });
    await buildJavaScript(each);
    await copyAssets(each);
    await bundlePageScript(each);
  }
  await buildTypes(packages);
  const problems = (await Promise.all(packages.map(checkPackage))).flat();
  if (problems.length > 0) throw new BuildError(problems.join('\n'));
  return packages;
}
