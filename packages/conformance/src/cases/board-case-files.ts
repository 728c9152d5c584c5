import type { Board } from '@wirewrap/repl-driver';
import { ignored } from '../debug.ts';

/** Milliseconds for a step that writes to the board's flash: erasing a block of a nearly full one takes seconds. */
export const FLASH_MS = 45_000;

/** Python that removes files. The name with u is the module of the firmware, found without a look at the files. */
export function removingSource(...paths: readonly string[]): string {
  const names = paths.map((path) => `'${path}',`).join(' ');
  return `try:\n import uos as os\nexcept ImportError:\n import os\nfor n in (${names}): os.remove(n)`;
}

/** Removes what a case left on the board; a file that is not there is fine. */
export async function removeCaseFiles(board: Board, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await board.files.remove(path, { deadlineMs: FLASH_MS }).catch(ignored(`removing ${path}`));
  }
}
