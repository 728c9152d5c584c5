import { ReplDriverError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { encodeValue } from '../python/encode.ts';

/** Fails with `BAD_VALUE`. The board's file systems end a path at a NUL: what follows would be cut off without a word. */
export function checkPath(path: string): void {
  if (typeof path !== 'string') {
    throw new ReplDriverError(
      'BAD_VALUE',
      `There is no path in ${kindOf(path)}; give a string such as /lib/driver.py.`,
    );
  }
  if (path.includes('\0')) {
    throw new ReplDriverError('BAD_VALUE', `${JSON.stringify(path)} is no path: it holds a NUL; remove it.`);
  }
}

/** A path as a Python literal. */
export function pathLiteral(path: string): string {
  checkPath(path);
  return encodeValue(path);
}

export function pathTuple(paths: readonly string[]): string {
  return `(${paths.map((path) => `${pathLiteral(path)},`).join('')})`;
}
