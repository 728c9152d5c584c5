import type { Board, CallOptions } from '@wirewrap/repl-driver';
import { walkBoard } from '../tools/board-folder.ts';

/** The files that a board had before a search: what its runs leave is removed, so that each finds the board as the first did. */
export class FilesAtFirst {
  readonly #paths: ReadonlySet<string>;

  private constructor(paths: ReadonlySet<string>) {
    this.#paths = paths;
  }

  static async of(board: Board): Promise<FilesAtFirst> {
    return new FilesAtFirst(new Set((await walkBoard(board, '/')).map(({ path }) => path)));
  }

  /** Removes the files that came since; what was changed in a file stays. */
  async restore(board: Board, options: CallOptions = {}): Promise<void> {
    const left = (await walkBoard(board, '/')).map(({ path }) => path).filter((path) => !this.#paths.has(path));
    // What is in a folder goes before the folder.
    for (const path of left.reverse()) await board.files.remove(path, options);
  }
}
