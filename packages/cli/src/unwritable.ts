import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { CliError } from './errors.ts';

/** A file that cannot be written is the user's to mend, not a bug of ours: one sentence that names it. */
export async function tellUnwritable<T>(file: string, writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (cause) {
    throw asUnwritable(file, cause) ?? cause;
  }
}

/** Makes the folder of a file that will be written in the end: what cannot be written is refused before the work and not after it. */
export async function requireWritable(file: string): Promise<void> {
  // Where it is needed: each command imports this module, and --help imports each command.
  const { makeFolder } = await import('@wirewrap/repl-driver/basics');
  const folder = dirname(file);
  await tellUnwritable(
    file,
    makeFolder(folder).then(() => access(folder, constants.W_OK)),
  );
}

/** The sentence for an error of the system; null for any other. A disk without space is this host's fault. */
export function asUnwritable(file: string, cause: unknown): CliError | null {
  if (!(cause instanceof Error && 'syscall' in cause)) return null;
  const { code } = cause as NodeJS.ErrnoException;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const remedy = full ? 'make room there' : 'name a file in a folder that can be written';
  return new CliError(full ? 'HOST' : 'BAD_FILE', `Cannot write ${file} (${code}); ${remedy}.`, { cause });
}

/** The sentence where no folder for temporary files can be made, which any command may need; null for any other error. */
export function asTemporaryFault(cause: unknown): CliError | null {
  if (!(cause instanceof Error)) return null;
  const { syscall, code } = cause as NodeJS.ErrnoException;
  if (syscall !== 'mkdtemp') return null;
  const remedy = 'make room there, or name another folder in TMPDIR';
  return new CliError('HOST', `No folder for temporary files can be made in ${tmpdir()} (${code}): ${remedy}.`, {
    cause,
  });
}
