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
export const boardProgram: readonly string[] = readFileSync(new URL('./board-program.py', import.meta.url), 'utf8')
  .split('\n# ---\n')
  .map(compact);

/** The function that a case calls and what it keeps; a `NameError` of either says that the program must be sent (again). */
export const boardNames: readonly string[] = ['_wwr', '_wwb'];
