import { ReplDriverError } from '../errors.ts';
import { encodeValue } from '../python/encode.ts';

/** A path as a Python literal. The board's file systems end a path at a NUL: what follows would be cut off without a word. */
export function pathLiteral(path: string): string {
  if (typeof path !== 'string') throw new ReplDriverError('BAD_VALUE', `A path is text, and ${String(path)} is none.`);
  if (path.includes('\0')) {
    throw new ReplDriverError('BAD_VALUE', `${JSON.stringify(path)} is no path: it holds a NUL; remove it.`);
  }
  return encodeValue(path);
}

export function pathTuple(paths: readonly string[]): string {
  return `(${paths.map((path) => `${pathLiteral(path)},`).join('')})`;
}
