import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkspacePackage } from './package-folder.ts';

const page = 'report/html';

/** The report page's script, which the repository bundles each time that it writes a page, as a file of the package. */
export async function bundlePageScript({ folder }: WorkspacePackage): Promise<void> {
  const assets = join(folder, 'src', page, 'page-assets.ts');
  if (!existsSync(assets)) return;
  const { bundleScript } = (await import(pathToFileURL(assets).href)) as { bundleScript(): Promise<string> };
  const target = join(folder, 'dist', page, 'browser/page-script.js');
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, await bundleScript());
}
