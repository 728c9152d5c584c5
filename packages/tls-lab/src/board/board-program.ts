import { readFileSync } from 'node:fs';

/** The program as it is sent: without comments and blank lines, indented by one space. */
function compact(source: string): string {
  return source
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .map((line) => line.replace(/^ +/, (indent) => ' '.repeat(indent.length / 4)))
    .join('\n');
}

/** Parts of the board's half of `BoardEndpoint`, each small enough to be compiled in a heap of 100 KB. */
export const BOARD_PROGRAM: readonly string[] = readFileSync(new URL('./board-program.py', import.meta.url), 'utf8')
  .split('\n# ---\n')
  .map((part, index) => (index === 0 ? compact(part) : `${compact(part)}\n_wwgc.collect()`));

/** The first of them: where large arguments are kept, and how they come there. */
export const [BLOB_PROGRAM = '']: readonly string[] = BOARD_PROGRAM;

/** The functions that a case calls and what it keeps; a `NameError` of one says that the program must be sent (again). */
export const BOARD_NAMES: readonly string[] = ['_wwr', '_wwb', '_wwput'];
