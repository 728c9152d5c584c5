import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that are one text in packages that know nothing of each other; the first is the one to edit. */
const COPIES: readonly (readonly string[])[] = [
  ['repl-driver', 'certgen', 'virtual-board'].map((name) => `packages/${name}/src/debug-log.ts`),
];

/** Copies that no longer say the same, a sentence each. */
export function differingCopies(repository: string, copies: readonly (readonly string[])[] = COPIES): string[] {
  const textOf = (path: string): string => readFileSync(join(repository, path), 'utf8');
  return copies.flatMap(([first = '', ...others]) =>
    others
      .filter((other) => textOf(other) !== textOf(first))
      .map((other) => `${other} differs from ${first}, of which it is a copy; copy that file again.`),
  );
}
