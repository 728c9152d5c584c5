import { readFileSync } from 'node:fs';
import { py } from '@wirewrap/repl-driver';
import { ignored } from '../../debug.ts';
import type { CaseBench } from '../conformance-case.ts';
import { raisedBy } from '../failed-program.ts';
import { importedNames, type ModuleName, putLibrary, removeLibraries, type Source } from './library-files.ts';

const DRIVER = readFileSync(new URL('./driver.py', import.meta.url), 'utf8');

/** Milliseconds for the way from the flash into the heap: modules are compiled on the board. */
const IMPORT_MS = 45_000;

/** Whose library was asked: the firmware's own where it has one, else the real one that was given, else ours. */
export type LibraryOrigin = 'firmware' | Source;

/**
 * Runs an act with a library on the board, and takes the library away again. What the act gives has `library` beside it; an
 * exception of the board is a value.
 *
 * @param name null for what every firmware has: asyncio's own streams
 */
export async function withLibrary(
  bench: CaseBench,
  name: ModuleName | null,
  act: () => Promise<object>,
): Promise<unknown> {
  const { board } = bench;
  try {
    await board.exec(DRIVER, { deadlineMs: IMPORT_MS });
    const library = name === null ? 'firmware' : await bringLibrary(bench, name);
    return { library, ...((await act().catch(raisedBy)) as object) };
  } finally {
    if (name !== null) {
      const leaving = ignored('taking a library away again');
      await board.evaluate(py`_lforget(${[...importedNames(name)]})`).catch(leaving);
      await removeLibraries(board);
    }
  }
}

async function bringLibrary({ board }: CaseBench, name: ModuleName): Promise<LibraryOrigin> {
  const source = await putLibrary(board, name);
  const own = await board.evaluate<boolean>(py`_lfind(${name})`, { deadlineMs: IMPORT_MS });
  return own ? 'firmware' : source;
}
