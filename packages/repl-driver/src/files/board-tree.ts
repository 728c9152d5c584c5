import { parseLiteral } from '../python/parse-literal.ts';

/** Relative path to size and SHA-256, or to null for a folder. */
export type BoardTree = ReadonlyMap<string, readonly [number, string] | null>;

/** The tree as the board prints it: `(path,)` or `(path, size, sha256)`, a line each. */
export function parseTree(lines: string): BoardTree {
  const rows = lines.split('\n').slice(0, -1).map(parseLiteral) as [string, number?, string?][];
  return new Map(rows.map(([path, size, hash]) => [path, size === undefined ? null : [size, hash ?? '']]));
}
