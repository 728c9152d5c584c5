import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspacePackage } from './package-folder.ts';

/**
 * Everything in `src` that is no TypeScript goes along to the same place in `dist`, where the modules find it by URL:
 * Python programs, styles, templates, plain JavaScript.
 */
export async function copyAssets({ folder }: WorkspacePackage): Promise<void> {
  const filter = (path: string): boolean => !/\.ts$|\/tsconfig\.json$|\/__\w+__(\/|$)/.test(path);
  await cp(join(folder, 'src'), join(folder, 'dist'), { recursive: true, filter });
}
