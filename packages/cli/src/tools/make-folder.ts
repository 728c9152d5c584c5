import type { Board } from '@wirewrap/repl-driver';
import { CliError } from '../errors.ts';
import { statOnBoard } from './board-folder.ts';
import { onPath } from './file-error.ts';

/** Makes a folder on the board; with `parents` also those above it, and one that exists is no error. */
export async function makeFolder(board: Board, path: string, parents: boolean): Promise<void> {
  if (!parents) return await onPath(path, () => board.files.mkdir(path));
  const parts = path.split('/').filter((part) => part !== '');
  const root = path.startsWith('/') ? '/' : '';
  for (let count = 1; count <= parts.length; count += 1) {
    const folder = root + parts.slice(0, count).join('/');
    const found = await statOnBoard(board, folder);
    if (found?.kind === 'file') throw new CliError('BAD_FILE', `:${folder}: is a file on the board.`);
    if (found === null) await onPath(folder, () => board.files.mkdir(folder));
  }
}
