import { ReplDriverError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';
import { PYTHON_KEYWORDS } from '../python/keywords.ts';

/** Fails with `BAD_VALUE` unless a variable on the board can be called so. */
export function checkVariable(name: string): void {
  const shown = typeof name === 'string' ? JSON.stringify(name) : kindOf(name);
  if (PYTHON_KEYWORDS.has(name)) {
    throw new ReplDriverError('BAD_VALUE', `${shown} is a keyword of Python; name a variable such as firmware_blob.`);
  }
  if (typeof name !== 'string' || !/^[A-Za-z_]\w*$/.test(name)) {
    throw new ReplDriverError('BAD_VALUE', `${shown} is no Python name; name a variable such as firmware_blob.`);
  }
}
