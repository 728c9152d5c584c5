import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT_MARKS = ['pnpm-workspace.yaml', '.git'];

/** `certs` of the project that `folder` lies in (its workspace or repository), or of `folder` itself when it is in none. */
export function defaultCacheFolder(folder: string = process.cwd()): string {
  return join(projectRoot(folder) ?? folder, 'certs');
}

function projectRoot(folder: string): string | null {
  if (ROOT_MARKS.some((mark) => existsSync(join(folder, mark)))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : projectRoot(parent);
}
