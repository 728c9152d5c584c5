import { readFileSync } from 'node:fs';
import { type Board, py } from '@wirewrap/repl-driver';
import type { BoardNetwork } from '@wirewrap/tls-lab';

/** The board's folder of the tests' files, for as long as they run. */
const FOLDER = '/wirewrap_tests';

const unittest = readFileSync(new URL('./unittest.py', import.meta.url));
const multitest = readFileSync(new URL('./multitest.py', import.meta.url), 'utf8');

/** A board with the tests' certificates in a folder of its own; disposing it removes them. */
export interface PreparedTestBoard extends AsyncDisposable {
  readonly board: Board;
  readonly network: BoardNetwork;
  /** A new interpreter in the tests' folder: what a test before it left is gone. */
  renew(): Promise<void>;
}

/** Puts the certificates on the board, and a `unittest` where the firmware has none. */
export async function prepareTestBoard(
  board: Board,
  network: BoardNetwork,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<PreparedTestBoard> {
  const hasUnittest = await board.exec(py`
    try:
        import unittest
        print(1)
    except ImportError:
        print(0)
  `);
  const own: Record<string, Uint8Array> = hasUnittest.trim() === '1' ? {} : { 'unittest.py': unittest };
  await board.files.sync(FOLDER, { ...files, ...own });
  return {
    board,
    network,
    async renew() {
      await board.reset('soft');
      await network.join(board);
      await board.exec(py`
        import os, sys
        os.chdir(${FOLDER})
        sys.path.append(${FOLDER})
      `);
      await board.exec(multitest);
    },
    async [Symbol.asyncDispose]() {
      await board.exec(py`
        import os
        os.chdir('/')
        for _name in os.listdir(${FOLDER}):
            os.remove(${FOLDER} + '/' + _name)
        os.rmdir(${FOLDER})
      `);
    },
  };
}
