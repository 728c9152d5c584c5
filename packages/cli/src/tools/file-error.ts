import { MicroPythonError } from '@wirewrap/repl-driver';
import { CliError } from '../errors.ts';

/** What the errors of the board's file system mean to a person. `EINVAL` comes from a mount point. */
const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder on the board',
  EEXIST: 'exists already on the board',
  EISDIR: 'is a folder; add -r',
  ENOTDIR: 'is no folder',
  ENOTEMPTY: 'is a folder that is not empty; add -r',
  EACCES: 'is a folder that is not empty; add -r',
  ENOSPC: 'the board has no room for it',
  EROFS: 'is in a part of the board that cannot be written',
  EINVAL: 'cannot be changed (a mount point?)',
  EPERM: 'cannot be changed (a mount point?)',
};

/** Runs something on one path of the board; an error of its file system becomes one sentence that names the path. */
export async function onPath<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const text = cause instanceof MicroPythonError ? SENTENCES[cause.errnoName ?? ''] : undefined;
    if (text === undefined) throw cause;
    throw new CliError('BAD_FILE', `:${path}: ${text}.`, { cause });
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof MicroPythonError && error.errnoName === 'ENOENT';
}
