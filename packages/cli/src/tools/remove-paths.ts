import type { Board, FileStat } from '@wirewrap/repl-driver';
import { CliError } from '../errors.ts';
import { statOnBoard, walkBoard } from './board-folder.ts';
import { onPath } from './file-error.ts';

export interface RemoveOptions {
  readonly recursive: boolean;
  /** What does not exist is no error. */
  readonly force: boolean;
  readonly onRemoved: (path: string) => void;
}

/** Removes paths of the board. All of them are looked at before the first is removed. */
export async function removePaths(board: Board, paths: readonly string[], options: RemoveOptions): Promise<void> {
  const found: FileStat[] = [];
  for (const path of paths) {
    const stat = await statOnBoard(board, path);
    if (stat === null && !options.force)
      throw new CliError('BAD_FILE', `:${path}: no such file or folder on the board.`);
    if (stat?.kind === 'directory' && !options.recursive) {
      throw new CliError('BAD_USAGE', `:${path}: is a folder; add -r to remove it with all that is in it.`);
    }
    if (stat) found.push(stat);
  }
  for (const stat of found) await removeOne(board, stat, options);
}

async function removeOne(board: Board, { path, kind }: FileStat, { onRemoved }: RemoveOptions): Promise<void> {
  const below = kind === 'directory' ? await walkBoard(board, path) : [];
  const isRoot = path === '' || path === '/' || path === '.';
  // What is in a folder goes before the folder.
  for (const each of [...below.map((entry) => entry.path).reverse(), ...(isRoot ? [] : [path])]) {
    await onPath(each, () => board.files.remove(each));
    onRemoved(each);
  }
}
