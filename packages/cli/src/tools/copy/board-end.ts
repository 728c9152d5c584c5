import { createHash } from 'node:crypto';
import { type Board, MicroPythonError, py } from '@wirewrap/repl-driver';
import { statOnBoard, walkBoard } from '../board-folder.ts';
import { baseName, joinPath } from '../board-path.ts';
import { onPath } from '../file-error.ts';
import type { CopyEnd } from './copy-end.ts';

/** The board's files. */
export function boardEnd(board: Board, signal: AbortSignal): CopyEnd {
  return {
    kindOf: async (path) => (await statOnBoard(board, path))?.kind ?? null,
    walk: (path) => walkBoard(board, path),
    read: (path, progress) => onPath(path, () => board.files.read(path, { signal, ...progress })),
    write: (path, content, progress) => onPath(path, () => board.files.write(path, content, { signal, ...progress })),
    mkdir: (path) => onPath(path, () => board.files.mkdir(path, { signal })),
    join: joinPath,
    nameOf: (path) => (/^[./]*$/.test(path) ? '' : baseName(path)),
    same: (files) => sameOnBoard(board, files, signal),
    shown: (path) => `:${path}`,
  };
}

/** Compares sizes first, on the board, and hashes only files of the right size. A board without SHA-256 has none. */
async function sameOnBoard(
  board: Board,
  files: Parameters<CopyEnd['same']>[0],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (files.length === 0) return new Set();
  const asked = files.map(({ path, content }) => [path, content.length]);
  try {
    await board.exec(HASH_PROGRAM, { signal, deadlineMs: 10_000 + totalBytes(files) });
    const hashes = await board.call<(string | null)[]>("globals().pop('_ww_hashes')", [asked], {
      signal,
      deadlineMs: 10_000 + totalBytes(files),
    });
    const same = files.filter(({ content }, index) => hashes[index] === sha256(content));
    return new Set(same.map(({ path }) => path));
  } catch (error) {
    if (!(error instanceof MicroPythonError)) throw error;
    return new Set();
  }
}

const HASH_PROGRAM = py`
  def _ww_hashes(files):
      try:
          import uos as os, uhashlib as hashlib, ubinascii as binascii
      except ImportError:
          import os, hashlib, binascii
      buffer = bytearray(512)
      def one(path, size):
          try:
              if os.stat(path)[6] != size:
                  return None
              digest = hashlib.sha256()
              with open(path, 'rb') as file:
                  while True:
                      count = file.readinto(buffer)
                      if not count:
                          return binascii.hexlify(digest.digest()).decode()
                      digest.update(memoryview(buffer)[:count])
          except OSError:
              return None
      return [one(path, size) for path, size in files]
`;

function totalBytes(files: readonly { readonly content: Uint8Array }[]): number {
  return files.reduce((sum, { content }) => sum + content.length, 0);
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
