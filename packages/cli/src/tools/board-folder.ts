import type { Board, FileStat } from '@wirewrap/repl-driver';
import { isMissing, onPath } from './file-error.ts';

/** What is at a path of the board; null when nothing is. The current folder and the root are folders without asking. */
export async function statOnBoard(board: Board, path: string): Promise<FileStat | null> {
  if (path === '' || path === '/' || path === '.') return { path, kind: 'directory', size: 0 };
  try {
    return await onPath(path, () => board.files.stat(path));
  } catch (error) {
    if (error instanceof Error && isMissing(error.cause)) return null;
    throw error;
  }
}

/** What is in a folder, sorted by name. */
export function listOnBoard(board: Board, path: string): Promise<FileStat[]> {
  return onPath(path, () => board.files.list(path === '' ? '.' : path));
}

/** Everything below a folder, each folder before what is in it. */
export async function walkBoard(board: Board, path: string): Promise<FileStat[]> {
  const found: FileStat[] = [];
  for (const entry of await listOnBoard(board, path)) {
    found.push(entry);
    if (entry.kind === 'directory') found.push(...(await walkBoard(board, entry.path)));
  }
  return found;
}
