import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspacePackage } from './workspace-package.ts';

/**
 * Everything in `src` that is no module of the package goes along to the same place in `dist`, where the modules find it
 * by URL: Python programs, styles, plain JavaScript. A folder with a tsconfig.json of its own is taken whole: it is the
 * page's script, which is bundled when the page is written.
 */
export async function copyAssets({ folder }: WorkspacePackage): Promise<void> {
  const source = join(folder, 'src');
  await cp(source, join(folder, 'dist'), { recursive: true, filter: (path) => isAsset(source, path) });
}

function isAsset(source: string, path: string): boolean {
  if (/\.test\.\w+$|\/tsconfig\.json$|__\w+__/.test(path)) return false;
  return !path.endsWith('.ts') || hasOwnConfig(source, path);
}

function hasOwnConfig(source: string, path: string): boolean {
  for (let folder = join(path, '..'); folder.startsWith(source); folder = join(folder, '..')) {
    if (existsSync(join(folder, 'tsconfig.json'))) return true;
  }
  return false;
}
